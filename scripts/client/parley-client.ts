// A running Parley as its visitors and agents reach it, over HTTP and sockets; for the seed, tests and benchmarks.

import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { visitorBody } from '#shared/api.ts';
import { TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import { Wire, type WireOptions } from './wire.ts';

/** The status that asks to come back after some seconds. */
const TOO_MUCH = 429;

/** Signs agents in when they are first needed, and remembers them. */
export class ParleyClient {
  readonly #url: string;
  readonly #signedIn = new Map<string, { cookie: string; own: Wire }>();

  constructor(url: string) {
    this.#url = url;
  }

  /** A new visitor's socket at a conversation. */
  async visitor(conversationId: ConversationId): Promise<Wire> {
    const response = await this.request('/api/visitors', { method: 'POST' });
    const { token } = v.parse(visitorBody, await response.json());
    return this.#conversation(conversationId, {
      subprotocols: [`${TOKEN_SUBPROTOCOL_PREFIX}${token}`],
    });
  }

  /** An agent's socket at a conversation; they sign in and are available from the first one on. */
  async agent(email: string, password: string, conversationId: ConversationId): Promise<Wire> {
    const { cookie } = await this.#signedInAgent(email, password);
    return this.#conversation(conversationId, { headers: { cookie } });
  }

  /** An agent is there and available. */
  async arrive(email: string, password: string): Promise<void> {
    await this.#signedInAgent(email, password);
  }

  /** All agents who came are away again, and signed out. */
  async leave(): Promise<void> {
    for (const { own, cookie } of this.#signedIn.values()) {
      await own.must({ type: 'availability.set', availability: 'away' });
      own.close();
      await this.request('/api/session', { method: 'DELETE', headers: { cookie } });
    }
  }

  async #signedInAgent(email: string, password: string) {
    return this.#signedIn.get(email) ?? this.#signInAvailable(email, password);
  }

  async #signInAvailable(email: string, password: string) {
    const cookie = await this.signIn(email, password);
    const headers = { cookie, origin: this.#url };
    const own = await Wire.open(this.#url, '/ws/agents/me', { headers });
    const signedIn = { cookie, own };
    this.#signedIn.set(email, signedIn);
    await own.must({ type: 'availability.set', availability: 'available' });
    return signedIn;
  }

  /** The cookies of a new session. */
  async signIn(email: string, password: string): Promise<string> {
    const response = await this.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  #conversation(id: ConversationId, { headers, ...options }: WireOptions): Promise<Wire> {
    const path = `/ws/conversations/${id}`;
    return Wire.open(this.#url, path, { ...options, headers: { origin: this.#url, ...headers } });
  }

  /** Comes back as often as it is asked to. Throws with the server's words when it refuses. */
  async request(path: string, init: RequestInit): Promise<Response> {
    const headers = { origin: this.#url, ...init.headers };
    const response = await fetch(new URL(path, this.#url), { ...init, headers });
    const seconds = Number(response.headers.get('retry-after'));
    if (response.status === TOO_MUCH && seconds > 0) {
      await sleep(seconds * 1000);
      return this.request(path, init);
    }
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response;
  }
}
