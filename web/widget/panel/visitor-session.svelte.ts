// The visitor on this page: what the server is like now, and what the visitor does in the panel.

import * as v from 'valibot';
import type { NewOfflineMessage } from '#shared/api.ts';
import { agentIdSchema, type AgentId, type DepartmentId } from '#shared/ids.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import { OneAtATime } from '#web/lib/live/one-at-a-time.ts';
import type { Embed } from '../embed.ts';
import type { Chunk } from './chunk.svelte.ts';
import type { CurrentConversation } from './current-conversation.svelte.ts';
import { SiteConfig } from './site-config.svelte.ts';
import { BLOCKED, statusOf, TOO_MUCH, UNCHECKED, UNKNOWN, VisitorApi } from './visitor-api.ts';
import { VisitorDraft } from './visitor-draft.svelte.ts';
import { VisitorIdentity } from './visitor-identity.ts';

/** Why something could not be done. `expired`: the server no longer knows this visitor. */
export type Problem = 'offline' | 'unavailable' | 'busy' | 'blocked' | 'expired' | 'outdated';

/** What a visitor can type without. */
type View = Pick<
  Chunk<Pick<typeof import('./conversation-view.ts'), 'CurrentConversation'>>,
  'load'
>;

/** What most visitors never see. */
type HumanCheck = Pick<Chunk<Pick<typeof import('./human-check.ts'), 'askForCheck'>>, 'load'>;

export class VisitorSession {
  readonly api: VisitorApi;
  readonly draft: VisitorDraft;
  /** Of the department that the page asks for, where the next conversation begins. */
  readonly #config: SiteConfig;
  /** Of the conversation's department, if that is another. */
  #elsewhere = $state.raw<SiteConfig | null>(null);
  readonly #visitor: VisitorIdentity;
  readonly #view: View;
  readonly #humanCheck: HumanCheck;
  #current = $state.raw<CurrentConversation | null>(null);
  readonly #environment: Environment;
  readonly #agentId: AgentId | null;
  /** Whether what opens in the panel may take the focus from the page. */
  takesFocus = true;
  /** The visitor is filling the form for an offline message. */
  isFillingIn = false;

  #problem = $state.raw<Problem | null>(null);
  #isOpen = $state(false);
  #isUnkept = $state(false);
  readonly #sending = new OneAtATime();

  constructor(
    { origin, department, agent }: Pick<Embed, 'origin' | 'department' | 'agent'>,
    environment: Environment,
    view: View,
    humanCheck: HumanCheck,
  ) {
    this.#environment = environment;
    const api = new VisitorApi(origin, environment);
    const visitor = new VisitorIdentity(api, environment, () => (this.#isUnkept = true));
    const wanted = v.safeParse(agentIdSchema, agent);
    this.api = api;
    this.#visitor = visitor;
    this.draft = new VisitorDraft(environment);
    this.#config = new SiteConfig(api, department);
    this.#agentId = wanted.success ? wanted.output : null;
    this.#view = view;
    this.#humanCheck = humanCheck;
    visitor.onKept((identity) => {
      if (this.#current) return;
      visitor.become(identity);
      this.#resume();
    });
    this.#resume();
    // An outbox answers in any case, so this rejects never.
    if (visitor.identity) void this.draft.check(visitor.outbox(visitor.identity));
  }

  /** Whether the panel is. Closed it still listens, so that replies can be counted. */
  get isOpen() {
    return this.#isOpen;
  }
  /** Of the conversation's department, or of the one in which it would begin. */
  get config() {
    const id = this.departmentId;
    const known = [this.#config.value, this.#elsewhere?.value ?? null];
    return known.find((one) => one && (id === null || one.department.id === id)) ?? null;
  }
  get workspace(): string {
    return this.#config.value?.workspace.name ?? '';
  }
  /** Of the conversation; null while there is none. */
  get departmentId(): DepartmentId | null {
    const state = this.conversation?.state;
    return state && state.status !== 'new' ? state.departmentId : null;
  }
  /** Null until what it needs is fetched. */
  get current() {
    return this.#current;
  }
  get conversation() {
    return this.#current?.store ?? null;
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
  /** Replies that the visitor has not had before their eyes, while the panel is closed. */
  get unread(): number {
    return this.#isOpen ? 0 : (this.conversation?.unread ?? 0);
  }
  get isActive(): boolean {
    const status = this.conversation?.state.status;
    return status === 'queued' || status === 'serving';
  }
  /** The server takes no new conversation now, but takes offline messages. */
  get isTurnedAway(): boolean {
    return this.#config.value?.accepting === false;
  }
  get hasEnded(): boolean {
    return this.conversation?.state.status === 'closed';
  }
  /** The browser keeps nothing of what is sent, and the visitor has not gone on writing since that was told. */
  get isUnkept() {
    return this.#isUnkept;
  }
  get problem(): Problem | null {
    return this.#current?.problem ?? this.#problem;
  }

  /** A conversation was begun on some page of this site, and has not both ended and been read. */
  get isInConversation(): boolean {
    return this.#visitor.identity?.conversationId != null;
  }

  /**
   * The panel opens: what the server is like now, and the last conversation to read again.
   * @param isAsked false when it only stays open from page to page
   */
  open(isAsked = true): void {
    this.takesFocus = isAsked;
    if (this.#isOpen) return;
    this.#isOpen = true;
    void this.loadConfig();
    void this.#fetchCurrent().then((current) => current?.showLast());
  }

  /** What is under way on this site goes on here. */
  #resume(): void {
    if (this.isInConversation) void this.#fetchCurrent();
  }

  /** The conversation that is under way, or begins; null when what it needs can't be fetched. */
  async #fetchCurrent(): Promise<CurrentConversation | null> {
    const part = await this.#view.load();
    if (!part) return null;
    return (this.#current ??= new part.CurrentConversation({
      api: this.api,
      visitor: this.#visitor,
      environment: this.#environment,
      config: this.#config,
      draft: this.draft,
      agentId: this.#agentId,
      check: () => this.#check(),
    }));
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Ended, and read to the end. */
  retire(): void {
    this.#current?.retire();
  }

  async loadConfig(): Promise<void> {
    try {
      await this.#config.load();
      this.#problem = null;
    } catch (error) {
      this.fail(error);
    }
  }

  /** What the panel says of the department may have changed. */
  async refresh(): Promise<void> {
    const isKnown = this.#config.value !== null;
    if (!isKnown) await this.loadConfig();
    const id = this.departmentId;
    if (id === null || id === this.#config.value?.department.id) {
      const isWriting = () => this.draft.text !== '' || this.isFillingIn;
      if (isKnown) await this.#config.refresh(isWriting);
      return;
    }
    if (this.#elsewhere?.department !== id) this.#elsewhere = new SiteConfig(this.api, id);
    await this.#elsewhere.refresh(() => false);
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
    if (!this.#config.value) await this.loadConfig();
    const current = await this.#fetchCurrent();
    if (!current?.departmentId || (!current.store && this.isTurnedAway)) return false;
    try {
      await this.#checked(() => this.#visitor.introduce());
      this.#problem = null;
    } catch (error) {
      this.fail(error);
      return false;
    }
    const isKept = await current.send({ id: sending.id, text: sending.text.trim() });
    if (isKept) this.draft.finishSending(sending);
    return isKept;
  }

  /** False when the server did not get it. */
  async sendOfflineMessage(message: Omit<NewOfflineMessage, 'departmentId'>): Promise<boolean> {
    const departmentId = this.#config.value?.department.id;
    if (!departmentId) return false;
    try {
      await this.#checked(async () => {
        const { token } = await this.#visitor.introduce();
        await this.api.sendOfflineMessage({ ...message, departmentId }, token);
      });
      this.#problem = null;
      return true;
    } catch (error) {
      // The next try is a new visitor's.
      if (statusOf(error) === UNKNOWN) this.#visitor.forget();
      this.fail(error);
      // Conversations are taken again: then the composer takes the form's place.
      if (statusOf(error) === 409) await this.loadConfig();
      return false;
    }
  }

  /** What the server may want a check for: then it is done once more, behind the check. */
  async #checked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (statusOf(error) !== UNCHECKED || !(await this.#check())) throw error;
      return work();
    }
  }

  /** Resolves when the visitor has shown that they are human, or (false) can't be asked now. */
  async #check(): Promise<boolean> {
    const part = await this.#humanCheck.load();
    await part?.askForCheck(this.api, this.#visitor);
    return part !== null;
  }

  /** Ends the conversation, as soon as there is a connection. */
  async end(): Promise<void> {
    await this.conversation?.ask({ type: 'conversation.end', comment: null });
  }

  /** Clears the thread. What was not delivered goes back into the composer. */
  startNew(): void {
    this.#current?.startNew();
  }

  fail(error: unknown): void {
    // The owner of the page reads why in the console; the visitor could not mend it.
    const status = statusOf(error);
    if (status) console.error('Parley:', String(error));
    if (status === TOO_MUCH) this.#problem = 'busy';
    else if (status === BLOCKED) this.#problem = 'blocked';
    else this.#problem = this.#environment.isOnline() ? 'unavailable' : 'offline';
  }
}
