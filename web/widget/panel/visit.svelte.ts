// The visitor's side of the desk on this page: who he is, his conversation, and what came before it.

import * as v from 'valibot';
import type { LeaveMessage, WidgetFacts } from '#shared/api.ts';
import { CLOSE_CODES, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import {
  agentIdSchema,
  newConversationId,
  type AgentId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import { LiveConversation } from '#web/lib/live/conversation.svelte.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import type { Embed } from '../embed.ts';
import { Desk, DeskRefusal } from './desk.ts';
import { addToForm } from './leaving/kept-form.ts';
import { Past } from './past.svelte.ts';
import { onIdentityKept, type Identity } from './identity.ts';
import { Somebody } from './somebody.ts';

/** Why something could not be done. `expired`: the desk no longer knows this visitor. */
export type Problem = 'offline' | 'unavailable' | 'expired' | 'outdated';

/** A message refused for one of these is written into another conversation instead. */
const MOVES_ON: readonly Refusal['code'][] = ['conversation.closed', 'conversation.unknown'];
/** Nobody takes a new conversation: what was written becomes a message to leave. */
const TURNS_AWAY: readonly Refusal['code'][] = ['department.unattended', 'department.disabled'];

export class Visit {
  readonly desk: Desk;
  readonly past: Past;
  readonly #department: string | null;
  /** Whom the page asks for. */
  readonly #wanted: AgentId | null;
  readonly #somebody: Somebody;
  /** The thread was cleared on purpose: what has ended is not shown again. */
  #isAnew = false;

  #facts = $state.raw<WidgetFacts | null>(null);
  #live = $state.raw<LiveConversation | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #isOpen = $state(false);
  /** What stands in the composer; it outlives the panel's being closed. */
  draft = $state('');

  constructor({ origin, department, agent }: Pick<Embed, 'origin' | 'department' | 'agent'>) {
    this.desk = new Desk(origin);
    this.#somebody = new Somebody(this.desk);
    this.past = new Past(async (id, before) => {
      if (!this.#identity) throw new Error('No earlier messages without an identity');
      return this.desk.earlier(id, before, this.#identity.token);
    });
    this.#department = department;
    const wanted = v.safeParse(agentIdSchema, agent);
    this.#wanted = wanted.success ? wanted.output : null;
    this.#resume();
    onIdentityKept((identity) => this.#follow(identity));
  }

  /** Whether the panel is. Closed it still listens, so that replies can be counted. */
  get isOpen() {
    return this.#isOpen;
  }
  get facts() {
    return this.#facts;
  }
  get live() {
    return this.#live;
  }
  /** The agent who serves, or has served, the conversation. */
  get agent() {
    const state = this.#live?.state;
    return state?.status === 'serving' || state?.status === 'closed' ? state.agent : null;
  }
  /** Colleagues who help him. */
  get helpers() {
    const state = this.#live?.state;
    return state?.status === 'serving' ? state.helpers : [];
  }
  get #identity(): Identity | null {
    return this.#somebody.identity;
  }
  get isUnderWay(): boolean {
    const status = this.#live?.state.status;
    return status === 'queued' || status === 'serving';
  }
  /** The desk takes no new conversation now, but a message may be left. */
  get isTurnedAway(): boolean {
    return this.#facts?.accepting === false;
  }
  get hasEnded(): boolean {
    return this.#live?.state.status === 'closed';
  }
  get problem(): Problem | null {
    if (this.#live?.status !== 'ended') return this.#problem;
    if (this.#live.closeCode === CLOSE_CODES.outdated) return 'outdated';
    return this.#live.closeCode === CLOSE_CODES.origin ? 'unavailable' : 'expired';
  }

  /** The panel opens: what the desk is like now, and the last conversation to read again. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    void this.loadFacts();
    const identity = this.#identity;
    if (this.#live || this.#isAnew || !identity?.previousId) return;
    this.#live = this.#connect(identity, identity.previousId);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Ended, and read to the end: the site's next pages need not listen any more. */
  retire(): void {
    const live = this.#live;
    if (!live || this.#identity?.conversationId !== live.id) return;
    this.#somebody.keep({ ...this.#identity, conversationId: null, previousId: live.id });
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
    this.#live?.typing(text !== '');
  }

  /** False when it could not even be put into the outbox; then the text is still the writer's. */
  async write(text: string): Promise<boolean> {
    if (!this.#facts) await this.loadFacts();
    if (!this.#departmentId || (!this.#live && this.isTurnedAway)) return false;
    try {
      await this.#somebody.introduce();
      this.#problem = null;
    } catch (error) {
      this.fail(error);
      return false;
    }
    this.#say(text);
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
    await this.#live?.ask({ type: 'conversation.end', comment: null });
  }

  /** Clears the thread. What was not delivered goes back into the composer. */
  startAnew(): void {
    const live = this.#live;
    if (!live) return;
    const undelivered = live.pending.map(({ command }) => command.text);
    this.draft = [...undelivered, this.draft].filter(Boolean).join('\n');
    for (const item of live.pending) void live.discard(item);
    live.close();
    if (live.closeCode === CLOSE_CODES.unauthenticated) this.#somebody.keep(null);
    else if (this.#identity) {
      const { previousId } = this.#identity;
      const last = live.state.status === 'new' ? previousId : live.id;
      this.#somebody.keep({
        ...this.#identity,
        conversationId: null,
        previousId: live.status === 'ended' ? null : last,
      });
    }
    this.#isAnew = true;
    this.#live = null;
    this.past.clear();
  }

  get canLoadEarlier(): boolean {
    return this.#live !== null && this.past.canLoadBefore(this.#live);
  }

  async loadEarlier(): Promise<void> {
    if (this.#live) await this.past.loadBefore(this.#live);
  }

  get #departmentId(): DepartmentId | null {
    const state = this.#live?.state;
    return (
      this.#facts?.department.id ?? (state && state.status !== 'new' ? state.departmentId : null)
    );
  }

  #say(text: string): void {
    const live = this.#live;
    // A tab that died between the two steps of opening leaves a conversation that nobody has opened.
    const isUnopened = live?.isKnown && live.state.status === 'new' && live.pending.length === 0;
    if (!live || isUnopened || live.state.status === 'closed') this.#begin(text);
    else void live.send({ type: 'message.send', text });
  }

  #begin(text: string): void {
    const departmentId = this.#departmentId;
    if (!departmentId || !this.#identity) return;
    const before = this.#live;
    const conversationId = newConversationId();
    const previousId =
      before && before.state.status !== 'new' ? before.id : this.#identity.previousId;
    this.#somebody.keep({ ...this.#identity, conversationId, previousId });
    if (before) this.past.add(before);
    before?.close();
    this.#live = this.#connect(this.#identity, conversationId);
    void this.#live.send({
      type: 'conversation.open',
      departmentId,
      text,
      previousId,
      page: location.href.slice(0, 2000),
      agentId: this.#wanted,
    });
  }

  #connect(identity: Identity, conversationId: ConversationId): LiveConversation {
    const { token, visitorId } = identity;
    const live = new LiveConversation({
      conversationId,
      side: 'visitor',
      url: `${this.desk.origin}/ws/conversations/${conversationId}`,
      protocols: [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + token],
      outbox: this.#somebody.outbox(visitorId),
      earlier: (before) => this.desk.earlier(conversationId, before, token),
      onRefused: (item, { code }) =>
        MOVES_ON.includes(code)
          ? this.#moveOn(item)
          : TURNS_AWAY.includes(code) && this.#turnAway(),
    });
    live.connect();
    return live;
  }

  /** The conversation ended before it heard this message: another one begins with it. */
  #moveOn(item: OutboxItem): boolean {
    const live = this.#live;
    if (item.conversationId !== live?.id || item.command.type !== 'message.send') return false;
    if (!this.#departmentId) return false;
    // Those that were written after it would be refused as well, and nobody would listen any more.
    const later = live.pending.slice(live.pending.indexOf(item) + 1);
    this.#begin(item.command.text);
    for (const other of later) {
      this.#say(other.command.text);
      void live.discard(other);
    }
    return true;
  }

  /** Somebody was there when the panel was opened, and is no more. */
  #turnAway(): boolean {
    this.startAnew();
    addToForm(this.draft);
    this.draft = '';
    if (this.#facts) this.#facts = { ...this.#facts, accepting: false };
    void this.loadFacts();
    return true;
  }

  /** The conversation that is under way goes on. */
  #resume(): void {
    const identity = this.#identity;
    if (identity?.conversationId) {
      this.#live = this.#connect(identity, identity.conversationId);
    }
  }

  /** Another tab has begun a conversation, or become somebody. One's own is not torn away. */
  #follow(identity: Identity | null): void {
    const live = this.#live;
    if (!identity || (live && live.state.status !== 'closed' && live.status !== 'ended')) return;
    const isSame = identity.visitorId === this.#identity?.visitorId;
    if (isSame && (!identity.conversationId || identity.conversationId === live?.id)) {
      this.#somebody.become(identity);
      return;
    }
    if (live && isSame) this.past.add(live);
    else this.past.clear();
    live?.close();
    this.#live = null;
    this.#somebody.become(identity);
    this.#resume();
  }

  fail(error: unknown): void {
    // The owner of the page reads why in the console; the visitor could not mend it.
    if (error instanceof DeskRefusal) console.error('Parley:', error.message);
    this.#problem = navigator.onLine ? 'unavailable' : 'offline';
  }
}
