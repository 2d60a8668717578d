// The visitor's side of the desk on this page: what the desk is like now, and what he does in the panel.

import * as v from 'valibot';
import type { LeaveMessage, WidgetFacts } from '#shared/api.ts';
import { CLOSE_CODES } from '#shared/frames.ts';
import { agentIdSchema, type DepartmentId } from '#shared/ids.ts';
import type { Embed } from '../embed.ts';
import { Desk, DeskRefusal } from './desk.ts';
import { addToForm } from './leaving/kept-form.ts';
import { Past } from './past.svelte.ts';
import { Present } from './present.svelte.ts';
import { Somebody } from './somebody.ts';

/** Why something could not be done. `expired`: the desk no longer knows this visitor. */
export type Problem = 'offline' | 'unavailable' | 'expired' | 'outdated';

export class Visit {
  readonly desk: Desk;
  readonly past: Past;
  readonly #present: Present;
  readonly #department: string | null;
  readonly #somebody: Somebody;

  #facts = $state.raw<WidgetFacts | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #isOpen = $state(false);
  /** What stands in the composer; it outlives the panel's being closed. */
  draft = $state('');

  constructor({ origin, department, agent }: Pick<Embed, 'origin' | 'department' | 'agent'>) {
    this.desk = new Desk(origin);
    this.#somebody = new Somebody(this.desk);
    this.past = new Past(async (id, before) => {
      const { identity } = this.#somebody;
      if (!identity) throw new Error('No earlier messages without an identity');
      return this.desk.earlier(id, before, identity.token);
    });
    this.#department = department;
    const wanted = v.safeParse(agentIdSchema, agent);
    this.#present = new Present({
      desk: this.desk,
      somebody: this.#somebody,
      past: this.past,
      wanted: wanted.success ? wanted.output : null,
      departmentId: () => this.#departmentId,
      onTurnedAway: () => this.#turnAway(),
    });
  }

  /** Whether the panel is. Closed it still listens, so that replies can be counted. */
  get isOpen() {
    return this.#isOpen;
  }
  get facts() {
    return this.#facts;
  }
  get live() {
    return this.#present.live;
  }
  /** The agent who serves, or has served, the conversation. */
  get agent() {
    const state = this.live?.state;
    return state?.status === 'serving' || state?.status === 'closed' ? state.agent : null;
  }
  /** Colleagues who help him. */
  get helpers() {
    const state = this.live?.state;
    return state?.status === 'serving' ? state.helpers : [];
  }
  get isUnderWay(): boolean {
    const status = this.live?.state.status;
    return status === 'queued' || status === 'serving';
  }
  /** The desk takes no new conversation now, but a message may be left. */
  get isTurnedAway(): boolean {
    return this.#facts?.accepting === false;
  }
  get hasEnded(): boolean {
    return this.live?.state.status === 'closed';
  }
  get problem(): Problem | null {
    if (this.live?.status !== 'ended') return this.#problem;
    if (this.live.closeCode === CLOSE_CODES.outdated) return 'outdated';
    return this.live.closeCode === CLOSE_CODES.origin ? 'unavailable' : 'expired';
  }

  /** The panel opens: what the desk is like now, and the last conversation to read again. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    void this.loadFacts();
    this.#present.showLast();
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Ended, and read to the end. */
  retire(): void {
    this.#present.retire();
  }

  async loadFacts(): Promise<void> {
    try {
      this.#facts = await this.desk.facts(this.#department);
      this.#problem = null;
    } catch (error) {
      this.fail(error);
    }
  }

  /** What the composer holds from now on. */
  type(text: string): void {
    this.draft = text;
    this.live?.typing(text !== '');
  }

  /** False when it could not even be put into the outbox; then the text is still the writer's. */
  async write(text: string): Promise<boolean> {
    if (!this.#facts) await this.loadFacts();
    if (!this.#departmentId || (!this.live && this.isTurnedAway)) return false;
    try {
      await this.#somebody.introduce();
      this.#problem = null;
    } catch (error) {
      this.fail(error);
      return false;
    }
    this.#present.say(text);
    return true;
  }

  /** False when the desk did not get the message that is left. */
  async leave(message: Omit<LeaveMessage, 'departmentId'>): Promise<boolean> {
    const departmentId = this.#departmentId;
    if (!departmentId) return false;
    try {
      const { token } = await this.#somebody.introduce();
      await this.desk.leave({ ...message, departmentId }, token);
      this.#problem = null;
      return true;
    } catch (error) {
      // The next try is a new visitor's.
      if (error instanceof DeskRefusal && error.status === 401) this.#somebody.keep(null);
      this.fail(error);
      return false;
    }
  }

  /** Ends the conversation, as soon as the line is up. */
  async end(): Promise<void> {
    await this.live?.ask({ type: 'conversation.end', comment: null });
  }

  /** Clears the thread. What was not delivered goes back into the composer. */
  startAnew(): void {
    const undelivered = this.#present.clear();
    this.draft = [...undelivered, this.draft].filter(Boolean).join('\n');
  }

  get canLoadEarlier(): boolean {
    return this.live !== null && this.past.canLoadBefore(this.live);
  }

  async loadEarlier(): Promise<void> {
    if (this.live) await this.past.loadBefore(this.live);
  }

  get #departmentId(): DepartmentId | null {
    const state = this.live?.state;
    return (
      this.#facts?.department.id ?? (state && state.status !== 'new' ? state.departmentId : null)
    );
  }

  /** Somebody was there when the panel was opened, and is no more. */
  #turnAway(): void {
    this.startAnew();
    addToForm(this.draft);
    this.draft = '';
    if (this.#facts) this.#facts = { ...this.#facts, accepting: false };
    void this.loadFacts();
  }

  fail(error: unknown): void {
    // The owner of the page reads why in the console; the visitor could not mend it.
    if (error instanceof DeskRefusal) console.error('Parley:', error.message);
    this.#problem = navigator.onLine ? 'unavailable' : 'offline';
  }
}
