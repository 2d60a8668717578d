// The visitor on this page: what the server is like now, and what the visitor does in the panel.

import * as v from 'valibot';
import type { NewOfflineMessage } from '#shared/api.ts';
import { CLOSE_CODES } from '#shared/frames.ts';
import { agentIdSchema } from '#shared/ids.ts';
import { browserEnvironment, type Environment } from '#web/lib/live/environment.ts';
import { OneAtATime } from '#web/lib/live/one-at-a-time.ts';
import type { Embed } from '../embed.ts';
import { CurrentConversation } from './current-conversation.svelte.ts';
import { EarlierMessages } from './earlier-messages.svelte.ts';
import { SiteConfig } from './site-config.svelte.ts';
import { RefusedByServer, TOO_MUCH, VisitorApi } from './visitor-api.ts';
import { VisitorDraft } from './visitor-draft.svelte.ts';
import { VisitorIdentity } from './visitor-identity.ts';

/** Why something could not be done. `expired`: the server no longer knows this visitor. */
export type Problem = 'offline' | 'unavailable' | 'busy' | 'expired' | 'outdated';

export class VisitorSession {
  readonly api: VisitorApi;
  readonly draft: VisitorDraft;
  readonly earlier: EarlierMessages;
  readonly #config: SiteConfig;
  readonly #visitor: VisitorIdentity;
  readonly #current: CurrentConversation;
  readonly #environment: Environment;

  #problem = $state.raw<Problem | null>(null);
  #isOpen = $state(false);
  #isUnkept = $state(false);
  readonly #sending = new OneAtATime();

  constructor(
    { origin, department, agent }: Pick<Embed, 'origin' | 'department' | 'agent'>,
    environment = browserEnvironment,
  ) {
    this.#environment = environment;
    const api = new VisitorApi(origin, environment);
    const visitor = new VisitorIdentity(api, environment, () => (this.#isUnkept = true));
    const wanted = v.safeParse(agentIdSchema, agent);
    this.api = api;
    this.#visitor = visitor;
    this.draft = new VisitorDraft(environment);
    this.earlier = new EarlierMessages(api, visitor, environment);
    this.#config = new SiteConfig(api, department);
    this.#current = new CurrentConversation({
      api,
      visitor,
      environment,
      config: this.#config,
      draft: this.draft,
      earlier: this.earlier,
      agentId: wanted.success ? wanted.output : null,
    });
    // An outbox answers in any case, so this rejects never.
    if (visitor.identity) void this.draft.check(visitor.outbox(visitor.identity));
  }

  /** Whether the panel is. Closed it still listens, so that replies can be counted. */
  get isOpen() {
    return this.#isOpen;
  }
  get config() {
    return this.#config.value;
  }
  get conversation() {
    return this.#current.store;
  }
  /** The agent who serves, or has served, the conversation. */
  get agent() {
    const state = this.conversation?.state;
    return state?.status === 'serving' || state?.status === 'closed' ? state.agent : null;
  }
  /** Colleagues who help that agent. */
  get helpers() {
    const state = this.conversation?.state;
    return state?.status === 'serving' ? state.helpers : [];
  }
  get isActive(): boolean {
    const status = this.conversation?.state.status;
    return status === 'queued' || status === 'serving';
  }
  /** The server takes no new conversation now, but takes offline messages. */
  get isTurnedAway(): boolean {
    return this.config?.accepting === false;
  }
  get hasEnded(): boolean {
    return this.conversation?.state.status === 'closed';
  }
  /** The browser keeps nothing of what is sent, and the visitor has not gone on writing since that was told. */
  get isUnkept() {
    return this.#isUnkept;
  }
  get problem(): Problem | null {
    if (this.conversation?.status !== 'ended') return this.#problem;
    const { closeCode } = this.conversation;
    if (closeCode === CLOSE_CODES.outdated) return 'outdated';
    return closeCode === CLOSE_CODES.origin ? 'unavailable' : 'expired';
  }

  /** The panel opens: what the server is like now, and the last conversation to read again. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    void this.loadConfig();
    this.#current.showLast();
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Ended, and read to the end. */
  retire(): void {
    this.#current.retire();
  }

  async loadConfig(): Promise<void> {
    try {
      await this.#config.load();
      this.#problem = null;
    } catch (error) {
      this.fail(error);
    }
  }

  /** What the composer holds from now on. */
  type(text: string): void {
    this.#isUnkept = false;
    this.draft.write(text);
    this.conversation?.typing(text !== '');
  }

  /** Sends what is in the composer, where it stays until the outbox has it. False when it could not be. */
  send(): Promise<boolean> {
    return this.#sending.run(() => this.#send());
  }

  async #send(): Promise<boolean> {
    const sending = this.draft.startSending();
    if (!sending) return false;
    if (!this.config) await this.loadConfig();
    if (!this.#current.departmentId || (!this.conversation && this.isTurnedAway)) return false;
    try {
      await this.#visitor.introduce();
      this.#problem = null;
    } catch (error) {
      this.fail(error);
      return false;
    }
    const isKept = await this.#current.send({ id: sending.id, text: sending.text.trim() });
    if (isKept) this.draft.finishSending(sending);
    return isKept;
  }

  /** False when the server did not get it. */
  async sendOfflineMessage(message: Omit<NewOfflineMessage, 'departmentId'>): Promise<boolean> {
    const { departmentId } = this.#current;
    if (!departmentId) return false;
    try {
      const { token } = await this.#visitor.introduce();
      await this.api.sendOfflineMessage({ ...message, departmentId }, token);
      this.#problem = null;
      return true;
    } catch (error) {
      // The next try is a new visitor's.
      if (error instanceof RefusedByServer && error.status === 401) this.#visitor.keep(null);
      this.fail(error);
      // Conversations are taken again: then the composer takes the form's place.
      if (error instanceof RefusedByServer && error.status === 409) await this.loadConfig();
      return false;
    }
  }

  /** Ends the conversation, as soon as there is a connection. */
  async end(): Promise<void> {
    await this.conversation?.ask({ type: 'conversation.end', comment: null });
  }

  /** Clears the thread. What was not delivered goes back into the composer. */
  startNew(): void {
    this.#current.startNew();
  }

  get canLoadEarlier(): boolean {
    return this.conversation !== null && this.earlier.canLoadBefore(this.conversation);
  }

  async loadEarlier(): Promise<void> {
    if (this.conversation) await this.earlier.loadBefore(this.conversation);
  }

  fail(error: unknown): void {
    // The owner of the page reads why in the console; the visitor could not mend it.
    const refused = error instanceof RefusedByServer ? error : null;
    if (refused) console.error('Parley:', refused.message);
    const other = this.#environment.isOnline() ? 'unavailable' : 'offline';
    this.#problem = refused?.status === TOO_MUCH ? 'busy' : other;
  }
}
