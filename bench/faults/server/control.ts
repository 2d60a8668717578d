// Steers what fails inside the server, counts it, and reads what the checker needs.

import * as v from 'valibot';
import type { LogEvent } from '../check/protocol.ts';

const countsSchema = v.object({ d1: v.number(), alarm: v.number() });
const pageSchema = v.object({ events: v.array(v.unknown()), hasEarlier: v.boolean() });
const indexSchema = v.array(v.object({ id: v.string(), seq: v.number(), status: v.string() }));
const workspaceSchema = v.object({
  departments: v.array(
    v.object({
      departmentId: v.string(),
      queue: v.array(v.object({ conversationId: v.string() })),
    }),
  ),
  agent: v.object({
    agentId: v.string(),
    slots: v.array(
      v.object({
        conversationId: v.string(),
        as: v.picklist(['serving', 'on-hold', 'helping']),
      }),
    ),
  }),
});

export type Actor = 'conversation' | 'agent' | 'department';

const AGAIN_MS = 300;
/** A `seq` that no log reaches. */
const BEYOND_ALL = 1e9;
/**
 * A server that does not answer its own control routes has hung, which is a finding of its own. The runtime
 * waits 30 s until an object is not in use, before it gives an eviction up.
 */
const HANGS_AFTER_MS = 300_000;

export class ServerControl {
  readonly #url: string;
  /** Of an admin, who may read every conversation. */
  readonly #cookie: string;
  /** What was counted before the server was last killed. */
  #past = { d1: 0, alarm: 0 };
  #present = { d1: 0, alarm: 0 };

  constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  get counts() {
    return { d1: this.#past.d1 + this.#present.d1, alarm: this.#past.alarm + this.#present.alarm };
  }

  async failD1(forMs: number, rate: number): Promise<void> {
    await this.#post('/d1', { forMs, rate });
  }

  async doubleAlarms(twice: number): Promise<void> {
    await this.#post('/alarms', { twice });
  }

  /** Drops an object from memory, as the platform may at any time. */
  async evict(actor: Actor, name: string, webSockets: 'close' | 'hibernate'): Promise<boolean> {
    return this.#post(`/evict/${actor}/${name}`, { webSockets });
  }

  async ring(actor: Exclude<Actor, 'department'>, name: string): Promise<void> {
    await this.#post(`/ring/${actor}/${name}`, {});
  }

  /** The server is about to forget what it has counted. */
  remember(): void {
    this.#past = this.counts;
    this.#present = { d1: 0, alarm: 0 };
  }

  async count(): Promise<void> {
    this.#present = v.parse(countsSchema, await this.#get('/__faults/counts'));
  }

  /** Nothing fails any more. */
  async settle(): Promise<void> {
    await this.failD1(0, 0);
    await this.doubleAlarms(0);
    await this.count();
  }

  /** A whole log, as an agent may read it; waits for a server that is down. */
  async log(conversationId: string): Promise<LogEvent[]> {
    const log: LogEvent[] = [];
    let before = BEYOND_ALL;
    for (;;) {
      const path = `/api/conversations/${conversationId}/events?before=${before}`;
      const { status, body } = await this.#until(path, [200, 404]);
      if (status === 404) return log;
      const page = v.parse(pageSchema, body);
      const events = page.events as LogEvent[]; // Judged, not trusted: the checker looks at each.
      log.unshift(...events);
      before = events[0]?.seq ?? 1;
      if (!page.hasEarlier) return log;
    }
  }

  async workspace(cookie = this.#cookie) {
    return v.parse(workspaceSchema, (await this.#until('/api/workspace', [200], cookie)).body);
  }

  async index() {
    return v.parse(indexSchema, (await this.#until('/__faults/index', [200])).body);
  }

  async #until(path: string, wanted: readonly number[], cookie = this.#cookie) {
    for (;;) {
      try {
        const response = await fetch(this.#url + path, { headers: { cookie } });
        const body: unknown = await response.json();
        if (wanted.includes(response.status)) return { status: response.status, body };
      } catch {
        // The server is down, or went down while it answered.
      }
      await new Promise((waited) => setTimeout(waited, AGAIN_MS));
    }
  }

  async #get(path: string): Promise<unknown> {
    return (await fetch(this.#url + path)).json();
  }

  /** False when an object was gone under the hand that steered it. */
  async #post(path: string, body: object): Promise<boolean> {
    const response = await fetch(`${this.#url}/__faults${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(HANGS_AFTER_MS),
    }).catch((error: unknown) => {
      throw new Error(`the server did not answer ${path}`, { cause: error });
    });
    await response.body?.cancel();
    return response.ok;
  }
}
