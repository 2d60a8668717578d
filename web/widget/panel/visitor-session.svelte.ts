// The visitor's side of the desk on this page: what the desk is like now, and what he does in the panel.

import * as v from 'valibot';
import type { NewOfflineMessage, WidgetFacts } from '#shared/api.ts';
import { CLOSE_CODES } from '#shared/frames.ts';
import { agentIdSchema, type DepartmentId } from '#shared/ids.ts';
import type { Embed } from '../embed.ts';
import { VisitorApi, RefusedByServer } from './visitor-api.ts';
import { addToForm } from './offline-form/kept-form.ts';
import { EarlierMessages } from './earlier-messages.svelte.ts';
import { CurrentConversation } from './current-conversation.svelte.ts';
import { VisitorIdentity } from './visitor-identity.ts';

/** Why something could not be done. `expired`: the desk no longer knows this visitor. */
export type Problem = 'offline' | 'unavailable' | 'expired' | 'outdated';

export class VisitorSession {
  readonly api: VisitorApi;
  readonly earlier: EarlierMessages;
  readonly #current: CurrentConversation;
  readonly #department: string | null;
  readonly #visitor: VisitorIdentity;

  #config = $state.raw<WidgetFacts | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #isOpen = $state(false);
  /** What stands in the composer; it outlives the panel's being closed. */
  draft = $state('');

  constructor({ origin, department, agent }: Pick<Embed, 'origin' | 'department' | 'agent'>) {
    this.api = new VisitorApi(origin);
    this.#visitor = new VisitorIdentity(this.api);
    this.earlier = new EarlierMessages(async (id, before) => {
      const { identity } = this.#visitor;
      if (!identity) throw new Error('No earlier messages without an identity');
      return this.api.earlier(id, before, identity.token);
    });
    this.#department = department;
    const wanted = v.safeParse(agentIdSchema, agent);
    this.#current = new CurrentConversation({
      api: this.api,
      visitor: this.#visitor,
      earlier: this.earlier,
      wanted: wanted.success ? wanted.output : null,
      departmentId: () => this.#departmentId,
      onTurnedAway: () => this.#turnAway(),
    });
  }

  /** Whether the panel is. Closed it still listens, so that replies can be counted. */
  get isOpen() {
    return this.#isOpen;
  }
  get config() {
    return this.#config;
  }
  get conversation() {
    return this.#current.conversation;
  }
  /** The agent who serves, or has served, the conversation. */
  get agent() {
    const state = this.conversation?.state;
    return state?.status === 'serving' || state?.status === 'closed' ? state.agent : null;
  }
  /** Colleagues who help him. */
  get helpers() {
    const state = this.conversation?.state;
    return state?.status === 'serving' ? state.helpers : [];
  }
  get isActive(): boolean {
    const status = this.conversation?.state.status;
    return status === 'queued' || status === 'serving';
  }
  /** The desk takes no new conversation now, but a message may be left. */
  get isTurnedAway(): boolean {
    return this.#config?.accepting === false;
  }
  get hasEnded(): boolean {
    return this.conversation?.state.status === 'closed';
  }
  get problem(): Problem | null {
    if (this.conversation?.status !== 'ended') return this.#problem;
    if (this.conversation.closeCode === CLOSE_CODES.outdated) return 'outdated';
    return this.conversation.closeCode === CLOSE_CODES.origin ? 'unavailable' : 'expired';
  }

  /** The panel opens: what the desk is like now, and the last conversation to read again. */
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
      this.#config = await this.api.config(this.#department);
      this.#problem = null;
    } catch (error) {
      this.fail(error);
    }
  }

  /** What the composer holds from now on. */
  type(text: string): void {
    this.draft = text;
    this.conversation?.typing(text !== '');
  }

  /** False when it could not even be put into the outbox; then the text is still the writer's. */
  async write(text: string): Promise<boolean> {
    if (!this.#config) await this.loadConfig();
    if (!this.#departmentId || (!this.conversation && this.isTurnedAway)) return false;
    try {
      await this.#visitor.introduce();
      this.#problem = null;
    } catch (error) {
      this.fail(error);
      return false;
    }
    this.#current.say(text);
    return true;
  }

  /** False when the server did not get it. */
  async sendOfflineMessage(message: Omit<NewOfflineMessage, 'departmentId'>): Promise<boolean> {
    const departmentId = this.#departmentId;
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
      return false;
    }
  }

  /** Ends the conversation, as soon as the line is up. */
  async end(): Promise<void> {
    await this.conversation?.ask({ type: 'conversation.end', comment: null });
  }

  /** Clears the thread. What was not delivered goes back into the composer. */
  startAnew(): void {
    const undelivered = this.#current.clear();
    this.draft = [...undelivered, this.draft].filter(Boolean).join('\n');
  }

  get canLoadEarlier(): boolean {
    return this.conversation !== null && this.earlier.canLoadBefore(this.conversation);
  }

  async loadEarlier(): Promise<void> {
    if (this.conversation) await this.earlier.loadBefore(this.conversation);
  }

  get #departmentId(): DepartmentId | null {
    const state = this.conversation?.state;
    return (
      this.#config?.department.id ?? (state && state.status !== 'new' ? state.departmentId : null)
    );
  }

  /** An agent was there when the panel was opened, and is no more. */
  #turnAway(): void {
    this.startAnew();
    addToForm(this.draft);
    this.draft = '';
    if (this.#config) this.#config = { ...this.#config, accepting: false };
    void this.loadConfig();
  }

  fail(error: unknown): void {
    // The owner of the page reads why in the console; the visitor could not mend it.
    if (error instanceof RefusedByServer) console.error('Parley:', error.message);
    this.#problem = navigator.onLine ? 'unavailable' : 'offline';
  }
}
