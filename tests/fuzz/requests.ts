// Requests that are nearly right, to every route.

import fc from 'fast-check';
import { hostileText, nearly } from './hostile.ts';
import { EXAMPLES, ROUTES, type Route } from './routes.ts';
import type { World } from './world.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection breaks in the middle of the body. */
  readonly isBrokenOff: boolean;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];
const TYPES = ['application/json', 'application/json; charset=x', 'text/plain', 'image/png', ''];

/** What Node lets through in a header. */
const headerText = hostileText.map((text) => text.replace(/[^\t\x20-\x7e\xa0-\xff]/g, ''));
/** What Node lets through in a path. */
const pathText = hostileText.map((text) => text.replace(/[^\x21-\xff]|#/g, '').slice(0, 4_000));

/** Right, damaged, or nothing of the kind. */
const credential = (right: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('', right, right.slice(0, -3), right.replace(/[a-z]/, 'Q'), `${right}; x=%`),
    headerText,
  );

function pathOf({ path, query }: Route, { conversationId, visitor }: World) {
  const names = path.split('/').filter((part) => part.startsWith(':'));
  const value = fc.oneof(
    fc.constantFrom<string>(conversationId, visitor.visitorId, '-1', '0', '1e9', 'sales'),
    // What every object of the language has by name.
    fc.constantFrom('constructor', '__proto__', 'toString'),
    pathText,
    pathText.map(encodeURIComponent),
  );
  return fc
    .tuple(fc.array(value, { minLength: names.length, maxLength: names.length }), value)
    .map(([values, asked]) => {
      let next = 0;
      const filled = path.replace(/:\w+/g, () => values[next++] ?? '');
      return query.length === 0 ? filled : `${filled}?${query[0]}=${asked}`;
    });
}

const headersOf = ({ url, visitor, cookie }: World, { path }: Route) =>
  fc.record({
    'content-type': fc.constantFrom(...TYPES),
    authorization: credential(`Bearer ${visitor.token}`),
    // Who signs out ends the session that all others use, and what an account is changed to would stay.
    cookie: /\/session|\/me\//.test(path) ? headerText : credential(cookie),
    origin: fc.oneof(fc.constantFrom('', url, 'https://shop.example', 'null'), headerText),
    range: fc.constantFrom('', 'bytes=0-', 'bytes=9-1', 'bytes=x'),
    'if-none-match': fc.oneof(fc.constantFrom('', '*', '"x"', 'W/"x", y'), headerText),
    'if-match': fc.oneof(fc.constantFrom('', '*'), headerText),
    'accept-language': fc.oneof(fc.constantFrom('', 'de', 'xx-YY;q=2'), headerText),
  });

const requestTo = (route: Route, world: World): fc.Arbitrary<FuzzRequest> =>
  fc.record({
    method: fc.oneof(
      { weight: 4, arbitrary: fc.constant(route.method) },
      { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
    ),
    path: pathOf(route, world),
    headers: headersOf(world, route).map((headers) => ({
      ...withoutEmpty(headers),
      ...world.address,
    })),
    body: fc.oneof(...EXAMPLES.map(nearly)),
    isBrokenOff: fc.integer({ min: 0, max: 19 }).map((chance) => chance === 0),
  });

const withoutEmpty = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));

export const requestsAt = (world: World): fc.Arbitrary<FuzzRequest> =>
  fc.oneof(...ROUTES.map((route) => requestTo(route, world)));
