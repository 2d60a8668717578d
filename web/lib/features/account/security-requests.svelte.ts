// Changes of what protects an account. The server may want to know again who asks: then a dialog asks, and the change
// is tried once more.

import type { Outcome, Refusal } from '#shared/refusals.ts';
import type { Confirmation } from '#shared/account/api.ts';
import { outcomeOf } from '#web/lib/api.ts';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import { m } from '#messages/compiled/messages.js';

/** How a page sends: `fetch`, except in tests. */
type Send = (path: string, init: RequestInit) => Promise<Response>;

export const asJson = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export class SecurityRequests {
  readonly #send: Send;
  readonly #fail: (told: string) => void;
  #asked = $state.raw<((isConfirmed: boolean) => void) | null>(null);

  /** @param fail tells why something did not work */
  constructor(fail: (told: string) => void, send: Send = (path, init) => fetch(path, init)) {
    this.#fail = fail;
    this.#send = send;
  }

  /** Whether the dialog is open that asks who it is. */
  get isAsking(): boolean {
    return this.#asked !== null;
  }

  /** Null when it could not be done, which has been told, or when the agent did not want to go on. */
  async change(path: string, init: RequestInit): Promise<Response | null> {
    let outcome = await this.#request(path, init);
    if (isUnconfirmed(outcome)) {
      if (!(await this.#ask())) return null;
      outcome = await this.#request(path, init);
    }
    if (outcome?.ok) return outcome.value;
    this.#fail(outcome ? refusalSentence(outcome.refusal) : m.notice_offline());
    return null;
  }

  /** What is wrong with what the agent showed; null: it is them. */
  async confirm(shown: Confirmation): Promise<string | null> {
    const outcome = await this.#request('/api/session/confirmation', asJson('POST', shown));
    if (!outcome) return m.notice_offline();
    if (!outcome.ok) return refusalSentence(outcome.refusal);
    this.#answer(true);
    return null;
  }

  cancel(): void {
    this.#answer(false);
  }

  #ask(): Promise<boolean> {
    this.#answer(false);
    return new Promise((answer) => (this.#asked = answer));
  }

  #answer(isConfirmed: boolean): void {
    this.#asked?.(isConfirmed);
    this.#asked = null;
  }

  async #request(path: string, init: RequestInit): Promise<Outcome<Response> | null> {
    try {
      return await outcomeOf(await this.#send(path, init));
    } catch {
      return null;
    }
  }
}

const isUnconfirmed = (outcome: { ok: boolean; refusal?: Refusal } | null): boolean =>
  outcome?.refusal?.code === 'session.unconfirmed';
