// Messages that are quoted, changed and deleted: who may, and what is left of them.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentAuthor, logOf, MARA, NOOR, OPENING } from '#shared/testing/logs.ts';
import {
  answeredByNoor,
  asks,
  by,
  command,
  queued,
  rules,
  serving,
  takenByNoor,
  told,
  visitor,
} from '#shared/testing/decisions.ts';
import { amendedBy, amendmentsIn, isAmendment, isDeleted } from './amendments.ts';
import { textBody } from './body.ts';
import type { ConversationEvent, NewEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { MessageSent } from './message-events.ts';
import { NEW_CONVERSATION } from './state.ts';

const MINUTE = 60_000;

/** The conversation that `serving` is the state of: the visitor asked (2), Noor took it (3) and answered (4). */
const log = logOf([
  OPENING,
  ...[asks, takenByNoor, answeredByNoor].map(([fact, author]) => ({
    fact,
    by: author,
    later: 1000,
  })),
]);
const messageAt = (seq: number): MessageSent => {
  const event = log.find((one) => one.seq === seq);
  if (event?.type !== 'message.sent') throw new Error(`no message ${seq}`);
  return event;
};
const [question, answer] = [messageAt(2), messageAt(4)];
const now = answer.at + MINUTE;
const edit = (text: string) => command({ type: 'message.edit', message: 4, body: textBody(text) });
const remove = command({ type: 'message.delete', message: 4 });
const reply = (replyTo: number) =>
  command({ type: 'message.send', body: textBody('Both.'), replyTo });

describe('a reply', () => {
  test('[MS1] quotes a message: whose it is, and its beginning', () => {
    const long: MessageSent = { ...question, body: textBody('a'.repeat(500)) };
    expect(told(serving, reply(2), { message: long })).toEqual([
      {
        type: 'message.sent',
        body: textBody('Both.'),
        replyTo: { seq: 2, by: { kind: 'visitor' }, text: 'a'.repeat(140) },
      },
    ]);
    expect(told(queued, reply(2), { by: visitor, message: question })).toMatchObject([
      { replyTo: { seq: 2 } },
    ]);
  });

  test('[MS1] quotes neither what is no message nor one that is deleted', () => {
    expect(told(serving, reply(3), { message: null })).toBe('message.unknown');
    expect(told(serving, reply(2), { message: answer })).toBe('message.unknown');
    const deleted = { ...question, body: textBody('') };
    expect(told(serving, reply(2), { message: deleted })).toBe('message.unknown');
  });
});

describe('a message', () => {
  test('[MS2] is changed or deleted by its author', () => {
    expect(told(serving, edit('Neither.'), { message: answer, now })).toEqual([
      { type: 'message.edited', message: 4, body: textBody('Neither.') },
    ]);
    expect(told(serving, remove, { message: answer, now })).toEqual([
      { type: 'message.deleted', message: 4 },
    ]);
  });

  test('[MS2] is changed by nobody else: no colleague, and no visitor', () => {
    const mara = { ...by, agentId: MARA.id, name: MARA.name };
    for (const other of [mara, visitor]) {
      expect(told(serving, edit('Ha'), { message: answer, now, by: other })).toBe(
        'message.not-yours',
      );
    }
    const mine = { by: visitor, message: question, now };
    expect(told(serving, command({ type: 'message.delete', message: 2 }), mine)).toBe(
      'message.not-yours',
    );
  });

  test('[MS2] is changed for fifteen minutes, or as long as its department says', () => {
    const last = answer.at + 15 * MINUTE - 1;
    expect(told(serving, edit('Late'), { message: answer, now: last })).toHaveLength(1);
    expect(told(serving, edit('Late'), { message: answer, now: last + 1 })).toBe(
      'message.too-late',
    );
    const never = { rules: rules({ messages: { edit_within_seconds: 0 } }) };
    expect(told(serving, remove, { message: answer, now: answer.at, ...never })).toBe(
      'message.too-late',
    );
  });

  test('[MS2] is not changed in a conversation that has ended', () => {
    const ended = log.concat({
      ...{ type: 'conversation.ended', seq: 5, at: now, id: answer.id },
      by: agentAuthor(NOOR),
    });
    const state = ended.reduce(evolve, NEW_CONVERSATION);
    expect(told(state, edit('Neither.'), { message: answer, now })).toBe('conversation.closed');
  });

  test('[MS2] that says so already, or is deleted already, is left alone', () => {
    expect(told(serving, edit(answer.body.text), { message: answer, now })).toEqual([]);
    const deleted = { ...answer, body: textBody('') };
    expect(told(serving, remove, { message: deleted, now })).toEqual([]);
    expect(told(serving, edit('Back'), { message: deleted, now })).toBe('message.unknown');
    expect(told(serving, remove, { message: null, now })).toBe('message.unknown');
  });
});

/** Any messages, and what becomes of them in any order, as decisions let it. Each text is said once. */
const talks = fc
  .array(fc.tuple(fc.constantFrom('send', 'reply', 'edit', 'delete'), fc.nat(30)), {
    maxLength: 30,
  })
  .map((steps) => {
    const says = new Map<number, string>();
    const facts = steps.map(([what, which], index): NewEvent => {
      const [seq, text] = [index + 1, `«${index + 1}»`];
      const [message, said] = [...says][which % Math.max(1, says.size)] ?? [0, ''];
      if (message > 0 && what === 'delete') {
        says.delete(message);
        return { type: 'message.deleted', message };
      }
      if (message > 0 && what === 'edit') {
        says.set(message, text);
        return { type: 'message.edited', message, body: textBody(text) };
      }
      says.set(seq, text);
      const replyTo = { seq: message, by: agentAuthor(NOOR), text: said };
      const isReply = message > 0 && what === 'reply';
      return { type: 'message.sent', body: textBody(text), ...(isReply && { replyTo }) };
    });
    return logOf(facts.map((fact) => ({ fact, by: agentAuthor(NOOR), later: 1000 })));
  });

/** What each message says at the end, by a naive look at the log; null: nothing any more. */
function saidAtLast(events: readonly ConversationEvent[]): Map<number, string | null> {
  const said = new Map<number, string | null>();
  for (const event of events) {
    if (event.type === 'message.sent') said.set(event.seq, event.body.text);
    if (event.type === 'message.edited') said.set(event.message, event.body.text);
    if (event.type === 'message.deleted') said.set(event.message, null);
  }
  return said;
}

test('[MS4] whatever part of a log is read again, no word of it was taken back', () => {
  fc.assert(
    fc.property(talks, fc.nat(30), fc.nat(30), (events, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const page = amendedBy(events.slice(from, to), events.slice(from));
      const said = saidAtLast(events);
      const allowed = new Set(said.values());
      const texts = JSON.stringify(page).match(/«\d+»/g) ?? [];
      for (const text of texts) expect(allowed).toContain(text);
      for (const event of page) {
        if (event.type !== 'message.sent') continue;
        const text = said.get(event.seq) ?? null;
        expect([event.body.text, isDeleted(event.body)]).toEqual([text ?? '', text === null]);
      }
    }),
  );
});

test('[MS4] [DC5] events that are read again fold to the same state', () => {
  fc.assert(
    fc.property(talks, (events) => {
      const whole = [...logOf([OPENING]), ...events.map(later)];
      expect(amendedBy(whole, whole).reduce(evolve, NEW_CONVERSATION)).toEqual(
        whole.reduce(evolve, NEW_CONVERSATION),
      );
      expect(amendmentsIn(amendedBy(whole, whole)).size).toBe(amendmentsIn(whole).size);
    }),
  );
});

/** One further on in the log. */
function later(event: ConversationEvent): ConversationEvent {
  const seq = event.seq + 1;
  return isAmendment(event) ? { ...event, seq, message: event.message + 1 } : { ...event, seq };
}

test('[MS5] the preview of the last message follows it', () => {
  const preview = (...facts: NewEvent[]) => {
    const more = facts.map((fact, index) => ({
      ...{ ...fact, seq: 5 + index, at: now, id: answer.id },
      by: agentAuthor(NOOR),
    }));
    const state = [...log, ...more].reduce(evolve, NEW_CONVERSATION);
    return state.status === 'new' ? undefined : state.lastMessage?.preview;
  };
  const body = textBody('Neither.');
  expect(preview({ type: 'message.edited', message: 4, body })).toBe('Neither.');
  expect(preview({ type: 'message.deleted', message: 4 })).toBe('');
  expect(preview({ type: 'message.edited', message: 2, body })).toBe('Hello');
});
