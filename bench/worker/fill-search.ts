// Fills the search with many messages at once, by the projection that fills it in the product: each conversation as its
// log would be read, every quarter of an hour and at its end.

import { textBody } from '#shared/conversation/body.ts';
import { LIVECHAT, type ConversationEvent, type NewEvent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation/state.ts';
import type { Author } from '#shared/identity.ts';
import {
  contactIdOfVisitor,
  newCommandId,
  newConversationId,
  newVisitorId,
  type AgentId,
  type DepartmentId,
} from '#shared/ids.ts';
import { Random } from '../../tests/support/random.ts';
import type { ProjectionEnv } from '../../worker/actors/conversation/projections/projector.ts';
import { search } from '../../worker/actors/conversation/projections/search.ts';
import { aLanguage, aSentence } from './languages.ts';

export interface People {
  readonly departments: readonly DepartmentId[];
  readonly agents: readonly AgentId[];
}

const BEGUN_AT = Date.UTC(2024, 0);
/** A million messages fill about two years. */
const APART_MS = 20 * 60_000;
const PUT_EVERY_MS = 15 * 60_000;
const TAGS = ['order', 'return', 'invoice', 'delivery', 'praise', 'complaint'];
const WRITTEN_AT_ONCE = 20;

/** @returns how many messages there are */
export async function fillSearch(
  env: ProjectionEnv,
  people: People,
  { from, count }: { from: number; count: number },
): Promise<number> {
  let messages = 0;
  for (let filled = 0; filled < count; filled += WRITTEN_AT_ONCE) {
    const length = Math.min(WRITTEN_AT_ONCE, count - filled);
    const logs = Array.from({ length }, (_, index) => logOf(from + filled + index, people));
    await Promise.all(logs.map((log) => project(log, env)));
    messages += logs.flat().filter(({ type }) => type === 'message.sent').length;
  }
  return messages;
}

/** One of its kind for each number, so that every run searches the same. */
function logOf(index: number, { departments, agents }: People): ConversationEvent[] {
  const random = new Random(index);
  const language = aLanguage(random);
  const name = aSentence(language, random).slice(0, 20);
  const id = random.pick(agents);
  const departmentId = random.pick(departments);
  if (!id || !departmentId) throw new Error('nobody is there');
  const agent = { id, name: `Agent ${agents.indexOf(id)}` };
  const visitor = { id: newVisitorId(), name };
  const opened: NewEvent = {
    type: 'conversation.opened',
    ...{ visitor, departmentId, contactId: contactIdOfVisitor(visitor.id) },
    ...{ previousId: null, page: null, wanted: null, locale: null },
    channel: random.chance(0.2) ? 'whatsapp' : LIVECHAT,
  };
  const log = new Log(BEGUN_AT + index * APART_MS);
  const [byVisitor, byAgent] = [{ kind: 'visitor' }, { kind: 'agent', ...agent }] as const;
  log.add(opened, byVisitor);
  log.add({ type: 'conversation.taken', agent }, byAgent);
  for (let left = random.between(4, 36); left > 0; left--) {
    log.later(random.wait(40_000));
    const order = random.chance(0.05) ? ` ord-${index}` : '';
    const body = textBody(aSentence(language, random) + order);
    log.add({ type: 'message.sent', body }, random.chance(0.5) ? byVisitor : byAgent);
  }
  log.add({ type: 'details.changed', tags: TAGS.filter(() => random.chance(0.2)) }, byAgent);
  if (random.chance(0.99)) log.add({ type: 'conversation.ended' }, byAgent);
  return log.events;
}

class Log {
  readonly events: ConversationEvent[] = [];
  #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  later(milliseconds: number): void {
    this.#at += Math.round(milliseconds);
  }

  add(fact: NewEvent, by: Author): void {
    const seq = this.events.length + 1;
    this.events.push({ ...fact, by, seq, at: this.#at, id: newCommandId() });
  }
}

async function project(log: readonly ConversationEvent[], env: ProjectionEnv): Promise<void> {
  const conversationId = newConversationId();
  let state: ConversationState = NEW_CONVERSATION;
  let events: ConversationEvent[] = [];
  for (const event of log) {
    state = evolve(state, event);
    events.push(event);
    const isDue = event.at - (events[0]?.at ?? 0) >= PUT_EVERY_MS;
    if (state.status === 'new' || (!isDue && event !== log.at(-1))) continue;
    await search({ conversationId, events, state, seq: event.seq, isAnew: false }, env);
    events = [];
  }
}
