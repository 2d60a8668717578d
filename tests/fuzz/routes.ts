// Every route, from the pages that document them: one that is added there is tried without anyone thinking of it.

import { readFileSync } from 'node:fs';
import { fromRoot } from '../../scripts/paths.ts';

const page = readFileSync(fromRoot('docs/http.md'), 'utf8');

export interface Route {
  readonly method: string;
  /** With `:name` for what varies. */
  readonly path: string;
  readonly query: readonly string[];
}

function routeOf(method: string, address: string): Route {
  const [path = '', search = ''] = address.split('?');
  return { method, path, query: search === '' ? [] : search.split('&').map(nameIn) };
}

const nameIn = (parameter: string): string => parameter.split('=')[0] ?? '';

const documented = [...page.matchAll(/`(GET|POST|PUT|DELETE) (\/[^`]+)`/g)].map(
  ([, method = '', address = '']) => routeOf(method, address),
);

/** Pages and files, which are no routes of the API. */
const PAGES = [
  ...[
    '/',
    '/sign-in?to=',
    '/inbox',
    '/inbox/:id',
    '/offline-messages?after=',
    '/account/notifications',
    '/nowhere/:id',
  ],
  ...['/inbox/__data.json', '/inbox/:id/__data.json', '/sign-in/__data.json?to='],
  ...['/widget.js', '/widget/:id', '/_app/:id', '/:id', '/ws/conversations/:id', '/ws/agents/me'],
];

export const ROUTES: readonly Route[] = [
  ...documented,
  ...PAGES.map((address) => routeOf('GET', address)),
];

/** Every body and answer that the page shows: what is tried with one part changed. */
export const EXAMPLES: readonly unknown[] = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(
  ([, json = '']) => JSON.parse(json) as unknown,
);
