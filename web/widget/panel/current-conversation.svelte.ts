// The conversation that the panel shows: begun, resumed, taken over from another tab, left for the next one.

import { textBody } from '#shared/conversation/body.ts';
import { CLOSE_CODES, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import {
  newConversationId,
  type AgentId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import type { VisitorApi } from './visitor-api.ts';
import { onIdentityKept, type Identity } from './identity.ts';
import type { EarlierMessages } from './earlier-messages.svelte.ts';
import type { VisitorIdentity } from './visitor-identity.ts';

/** A message refused for one of these is written into another conversation instead. */
const MOVES_ON: readonly Refusal['code'][] = ['conversation.closed', 'conversation.unknown'];
/** Nobody takes a new conversation: what was written becomes a message to leave. */
const TURNS_AWAY: readonly Refusal['code'][] = ['department.offline', 'department.disabled'];

interface Options {
  api: VisitorApi;
  visitor: VisitorIdentity;
  earlier: EarlierMessages;
  /** Whom the page asks for. */
  wanted: AgentId | null;
  /** Where a conversation is begun; null while that is not known. */
  departmentId: () => DepartmentId | null;
  onTurnedAway: () => void;
}

export class CurrentConversation {
  readonly #options: Options;
  /** The thread was cleared on purpose: what has ended is not shown again. */
  #isAnew = false;
  #live = $state.raw<ConversationStore | null>(null);

  constructor(options: Options) {
    this.#options = options;
    this.#resume();
    onIdentityKept((identity) => this.#follow(identity));
  }

  get conversation() {
    return this.#live;
  }
  get #identity() {
    return this.#options.visitor.identity;
  }

  /** The last conversation to read again, if there is no other. */
  showLast(): void {
    const identity = this.#identity;
    if (this.#live || this.#isAnew || !identity?.previousId) return;
    this.#live = this.#connect(identity, identity.previousId);
  }

  /** Ended, and read to the end: the site's next pages need not listen any more. */
  retire(): void {
    const live = this.#live;
    if (!live || this.#identity?.conversationId !== live.id) return;
    this.#keep({ ...this.#identity, conversationId: null, previousId: live.id });
  }

  /** Into the conversation under way, else into one that begins with it. */
  say(text: string): void {
    const live = this.#live;
    // A tab that died between the two steps of opening leaves a conversation that nobody has opened.
    const isUnopened = live?.isKnown && live.state.status === 'new' && live.pending.length === 0;
    if (!live || isUnopened || live.state.status === 'closed') this.#begin(text);
    else void live.send({ type: 'message.send', body: textBody(text) });
  }

  /** Takes it out of sight. Answers with what was not delivered. */
  clear(): string[] {
    const live = this.#live;
    if (!live) return [];
    const undelivered = live.pending.map(({ command }) => command.body.text);
    for (const item of live.pending) void live.discard(item);
    live.close();
    if (live.closeCode === CLOSE_CODES.unauthenticated) this.#keep(null);
    else if (this.#identity) {
      const { previousId } = this.#identity;
      const last = live.state.status === 'new' ? previousId : live.id;
      this.#keep({
        ...this.#identity,
        conversationId: null,
        previousId: live.status === 'ended' ? null : last,
      });
    }
    this.#isAnew = true;
    this.#live = null;
    this.#options.earlier.clear();
    return undelivered;
  }

  #keep(identity: Identity | null): void {
    this.#options.visitor.keep(identity);
  }

  #begin(text: string): void {
    const { earlier, wanted } = this.#options;
    const departmentId = this.#options.departmentId();
    if (!departmentId || !this.#identity) return;
    const before = this.#live;
    const conversationId = newConversationId();
    const previousId =
      before && before.state.status !== 'new' ? before.id : this.#identity.previousId;
    this.#keep({ ...this.#identity, conversationId, previousId });
    if (before) earlier.add(before);
    before?.close();
    this.#live = this.#connect(this.#identity, conversationId);
    void this.#live.send({
      type: 'conversation.open',
      departmentId,
      body: textBody(text),
      previousId,
      page: location.href.slice(0, 2000),
      locale: navigator.language,
      agentId: wanted,
    });
  }

  #connect({ token, visitorId }: Identity, conversationId: ConversationId): ConversationStore {
    const { api, visitor, onTurnedAway } = this.#options;
    const live = new ConversationStore({
      conversationId,
      own: 'visitor',
      url: `${api.origin}/ws/conversations/${conversationId}`,
      protocols: [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + token],
      outbox: visitor.outbox(visitorId),
      earlier: (before) => api.earlier(conversationId, before, token),
      onRefused: (item, { code }) => {
        if (MOVES_ON.includes(code)) return this.#moveOn(item);
        if (!TURNS_AWAY.includes(code)) return false;
        onTurnedAway();
        return true;
      },
    });
    live.connect();
    return live;
  }

  /** The conversation ended before it heard this message: another one begins with it. */
  #moveOn(item: OutboxItem): boolean {
    const live = this.#live;
    if (item.conversationId !== live?.id || item.command.type !== 'message.send') return false;
    if (!this.#options.departmentId()) return false;
    // Those that were written after it would be refused as well, and nobody would listen any more.
    const later = live.pending.slice(live.pending.indexOf(item) + 1);
    this.#begin(item.command.body.text);
    for (const other of later) {
      this.say(other.command.body.text);
      void live.discard(other);
    }
    return true;
  }

  /** The conversation that is under way goes on. */
  #resume(): void {
    const identity = this.#identity;
    if (identity?.conversationId) {
      this.#live = this.#connect(identity, identity.conversationId);
    }
  }

  /** Another tab has begun a conversation, or is another visitor. One's own is not torn away. */
  #follow(identity: Identity | null): void {
    const { earlier, visitor } = this.#options;
    const live = this.#live;
    if (!identity || (live && live.state.status !== 'closed' && live.status !== 'ended')) return;
    const isSame = identity.visitorId === this.#identity?.visitorId;
    if (isSame && (!identity.conversationId || identity.conversationId === live?.id)) {
      visitor.become(identity);
      return;
    }
    if (live && isSame) earlier.add(live);
    else earlier.clear();
    live?.close();
    this.#live = null;
    visitor.become(identity);
    this.#resume();
  }
}
