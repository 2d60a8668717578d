// A site with the widget on it, for tests: its server, a browser, and pages of it.

import { CLOSE_CODES, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newVisitorId, type VisitorId } from '#shared/ids.ts';
import { FakeBrowser, type FakePage } from '#web/lib/live/testing/environment.ts';
import type { FakeSocket } from '#web/lib/live/testing/socket.ts';
import { FakeServer } from '#web/lib/live/testing/server.ts';
import { settled } from '#web/lib/live/testing/time.ts';
import { CurrentConversation } from '../current-conversation.svelte.ts';
import { askForCheck } from '../human-check/check-state.svelte.ts';
import { VisitorSession } from '../visitor-session.svelte.ts';

export const ORIGIN = 'https://chat.example';

const config = {
  workspace: { name: 'Green Shop' },
  online: true,
  accepting: true,
  opensAt: null,
  messageCharacters: 5000,
};

/** Fetched at once. */
const view = { load: async () => ({ CurrentConversation }) };
const humanCheck = { load: async () => ({ askForCheck }) };

export class FakeSite {
  readonly server = new FakeServer();
  readonly browser = new FakeBrowser(
    (socket) => this.#accept(socket),
    async (url, init) => this.#answer(url, init),
  );
  /** Those that are valid, in the order in which they were given. */
  readonly tokens = new Map<string, VisitorId>();
  config: object = config;
  isReachable = true;
  /** It asks to come back later. */
  isBusy = false;

  /** A page is loaded. */
  visit(department = 'sales'): { page: FakePage; session: VisitorSession } {
    const page = this.browser.page();
    const site = { origin: ORIGIN, department, agent: null };
    const session = new VisitorSession(site, page, view, humanCheck);
    return { page, session };
  }

  #accept(socket: FakeSocket): void {
    const offered = socket.protocols.find((one) => one.startsWith(TOKEN_SUBPROTOCOL_PREFIX)) ?? '';
    const isKnown = this.tokens.has(offered.slice(TOKEN_SUBPROTOCOL_PREFIX.length));
    if (isKnown) this.server.accept(socket);
    else setTimeout(() => socket.lose(CLOSE_CODES.unauthenticated));
  }

  #welcome(visitorId: VisitorId): Response {
    const token = `token-${this.tokens.size + 1}`;
    this.tokens.set(token, visitorId);
    return Response.json({ visitorId, token });
  }

  #answer(url: string, { method = 'GET', headers }: RequestInit = {}): Response {
    if (!this.isReachable) throw new TypeError('Failed to fetch');
    if (this.isBusy) return new Response('too much', { status: 429 });
    const { pathname, searchParams } = new URL(url);
    if (pathname === '/api/widget') {
      const id = searchParams.get('department');
      return Response.json({ ...this.config, department: { id, name: `The ${id} team` } });
    }
    if (pathname === '/api/visitors' && method === 'POST') return this.#welcome(newVisitorId());
    if (pathname === '/api/visitors/renewal') {
      const token = new Headers(headers).get('authorization')?.slice('Bearer '.length) ?? '';
      const visitorId = this.tokens.get(token);
      return visitorId ? this.#welcome(visitorId) : new Response(null, { status: 401 });
    }
    // Offline messages are taken where no conversation is.
    if (pathname === '/api/offline-messages') {
      const isTaken = 'accepting' in this.config && !this.config.accepting;
      return new Response(null, { status: isTaken ? 204 : 409 });
    }
    return new Response(null, { status: 404 });
  }
}

/** The visitor opens the panel, and sends one text after the other. */
export async function write(session: VisitorSession, ...texts: string[]): Promise<void> {
  session.open();
  for (const text of texts) {
    session.type(text);
    await session.send();
  }
  await settled();
}

/** What the thread shows of the visitor's texts, stored or pending. */
export function shown({ conversation, current }: VisitorSession): string[] {
  if (!conversation || !current) return [];
  const events = [
    ...current.earlier.conversations.flatMap(({ events }) => events),
    ...conversation.events,
  ];
  const stored = events.flatMap((event) => (event.type === 'message.sent' ? [event] : []));
  const ids = new Set(stored.map(({ id }) => id));
  const pending = conversation.pending.filter(({ id }) => !ids.has(id));
  return [
    ...stored.map(({ body }) => body.text),
    ...pending.map(({ command }) => command.body.text),
  ];
}
