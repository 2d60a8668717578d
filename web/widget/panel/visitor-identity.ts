// Who writes in this browser: nobody yet, or a visitor whom the server knows, and what they have not sent yet.

import type { ConversationId } from '#shared/ids.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import { Outbox } from '#web/lib/live/outbox.ts';
import { STORAGE_KEY } from '../active-conversation.ts';
import { parseIdentity, type Identity } from './identity.ts';
import { statusOf, UNKNOWN, type VisitorApi } from './visitor-api.ts';

/** One who comes back within 30 days is the same visitor: the server's tokens are valid for so long. */
const RENEW_AFTER_MS = 24 * 3600 * 1000;
const MAY_HAVE_ENDED_MS = 29 * RENEW_AFTER_MS;

/** Of its token; the device's clock may have been set back. */
const ageOf = ({ renewedAt }: Identity): number => Math.abs(Date.now() - renewedAt);

export class VisitorIdentity {
  readonly #api: VisitorApi;
  readonly #environment: Environment;
  readonly #onUnkept: () => void;
  #identity: Identity | null;
  #outbox: Outbox | null = null;
  /** False once the storage has refused the identity, which then lives as long as the page. */
  #isStored = true;
  #renewal: Promise<boolean> | null = null;
  readonly #hearForgotten: (() => void)[] = [];

  /** @param onUnkept called once, when the browser keeps nothing of what is sent */
  constructor(api: VisitorApi, environment: Environment, onUnkept: () => void) {
    this.#api = api;
    this.#environment = environment;
    this.#onUnkept = onUnkept;
    this.#identity = this.#read();
  }

  /** Null: the server does not know the visitor. */
  get identity() {
    return this.#identity;
  }

  /** What the page's storage has by now, which another tab may have written. */
  get stored(): Identity | null {
    return (this.#isStored ? this.#read() : null) ?? this.#identity;
  }

  /** To be shown to the server now. An old one still is, and is replaced for the next time. */
  useToken(): string | undefined {
    void this.renew();
    return this.#newest?.token;
  }

  /** Another tab may have got a newer token. */
  get #newest(): Identity | null {
    const { stored } = this;
    return stored?.visitorId === this.#identity?.visitorId ? stored : this.#identity;
  }

  outbox({ visitorId }: Identity): Outbox {
    const { outboxStorage } = this.#environment;
    return (this.#outbox ??= new Outbox(outboxStorage(visitorId), this.#onUnkept));
  }

  /** As the page's storage has it already. */
  become(identity: Identity | null): void {
    if (identity?.visitorId !== this.#identity?.visitorId) this.#outbox = null;
    this.#identity = identity;
  }

  keep(identity: Identity | null): void {
    this.become(identity);
    this.#store(identity);
  }

  #store(identity: Identity | null): void {
    try {
      const storage = this.#environment.textStorage();
      if (identity) storage.setItem(STORAGE_KEY, JSON.stringify(identity));
      else storage.removeItem(STORAGE_KEY);
      this.#isStored = true;
    } catch {
      this.#isStored = false;
    }
  }

  /** The server no longer knows this visitor. Whom another tab has introduced since stays. */
  forget(): void {
    const other = this.stored;
    if (other && other.visitorId !== this.#identity?.visitorId) this.become(other);
    else this.keep(null);
    for (const hear of this.#hearForgotten) hear();
  }

  onForgotten(hear: () => void): void {
    this.#hearForgotten.push(hear);
  }

  /** Hears what the visitor's other tabs keep. */
  onKept(hear: (identity: Identity | null) => void): void {
    this.#environment.onTextStored((key, text) => {
      if (key === STORAGE_KEY) hear(parseIdentity(text));
    });
  }

  /**
   * Gets a new token when that at hand is a day old, and still good meanwhile. In two tabs at once each gets one, and
   * both are good. False when the server no longer knows the visitor.
   */
  async renew(): Promise<boolean> {
    const identity = this.#newest;
    if (!identity || ageOf(identity) < RENEW_AFTER_MS) return true;
    this.#renewal ??= this.#renew(identity.token).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #renew(old: string): Promise<boolean> {
    try {
      const { visitorId, token } = await this.#api.renewed(old);
      if (visitorId === this.#identity?.visitorId) this.#replaceToken(token);
      return true;
    } catch (error) {
      // Not reached, or too busy: it is asked again later.
      return statusOf(error) !== UNKNOWN;
    }
  }

  /** The rest stays: another tab may have gone on to a conversation that is not this one's. */
  #replaceToken(token: string): void {
    const renewed = { token, renewedAt: Date.now() };
    const newest = this.#newest;
    if (this.#identity) this.#identity = { ...this.#identity, ...renewed };
    if (newest) this.#store({ ...newest, ...renewed });
  }

  /** Makes the visitor known to the server, if they are not, or no longer are. */
  async introduce(): Promise<Identity> {
    const known = this.#identity;
    if (known && ageOf(known) > MAY_HAVE_ENDED_MS && !(await this.renew())) this.forget();
    return this.#identity ?? this.alone(() => this.#introduce());
  }

  async #introduce(): Promise<Identity> {
    if (this.stored) return this.#take(this.stored);
    const visitor = await this.#api.newVisitor();
    // Another tab may have been faster.
    if (this.stored) return this.#take(this.stored);
    const renewedAt = Date.now();
    const identity = { ...visitor, renewedAt, conversationId: null, previousId: null };
    this.keep(identity);
    return identity;
  }

  #take(identity: Identity): Identity {
    this.become(identity);
    return identity;
  }

  /** Out of a conversation, unless another tab has gone on to the next. */
  leave(id: ConversationId, previousId: ConversationId | null): void {
    const identity = this.stored;
    if (!identity) return;
    const hasGoneOn = identity.conversationId !== null && identity.conversationId !== id;
    if (!hasGoneOn) this.keep({ ...identity, conversationId: null, previousId });
  }

  /** What reads the storage, waits, and writes: in no two tabs at once. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#environment.alone(work);
  }

  #read(): Identity | null {
    try {
      return parseIdentity(this.#environment.textStorage().getItem(STORAGE_KEY));
    } catch {
      return null;
    }
  }
}
