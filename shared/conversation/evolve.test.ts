import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { textBody } from './body.ts';
import { SYSTEM, type Author } from '#shared/identity.ts';
import { after } from '#shared/testing/decisions.ts';
import { held, joined, requeued, said, taken } from '#shared/testing/facts.ts';
import {
  agentAuthor,
  EVENT_TYPES,
  fold,
  logs,
  MARA,
  NOOR,
  SALES,
  SUPPORT,
  TOM,
} from '#shared/testing/logs.ts';
import { conversationCommandSchema } from './commands.ts';
import { conversationEventSchema, mayHear, type NewEvent } from './events.ts';
import { amended, amendmentsIn } from './amendments.ts';
import { evolve } from './evolve.ts';
import { conversationStateSchema, type ClosedConversation } from './state.ts';
import { view } from './view.ts';

/** Long enough for the rare orders of eleven event types. */
const RUNS = { numRuns: 1000 };

const visitor: Author = { kind: 'visitor' };
const noor = agentAuthor(NOOR);

const resumed = { type: 'conversation.resumed' } as const;

describe('the fold', () => {
  test('[DC5] is tried with events of every type', () => {
    const tried = new Set(
      fc.sample(logs, { ...RUNS, seed: 1 }).flatMap((log) => log.map(({ type }) => type)),
    );
    expect([...tried].sort()).toEqual(EVENT_TYPES.toSorted());
  });

  test('[DC5] of what the visitor hears is their view of the whole fold', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const heard = log.filter((event) => mayHear('everyone', event));
        expect(fold(heard)).toEqual(view(fold(log), 'everyone'));
      }),
      RUNS,
    );
  });

  test('[DC5] [LF37] holding, resuming, details and comments change nothing that the visitor sees', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const [index, event] of log.entries()) {
          const before = fold(log.slice(0, index));
          if (mayHear('everyone', event)) continue;
          expect(view(evolve(before, event), 'everyone')).toEqual(view(before, 'everyone'));
        }
      }),
    );
  });

  test('[DC4] of a tail onto the fold of what came before is the fold of all', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (log, cut) => {
        const at = cut % (log.length + 1);
        expect(fold(log.slice(at), fold(log.slice(0, at)))).toEqual(fold(log));
      }),
      RUNS,
    );
  });

  test('[DC4] survives that it is stored in between', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (log, cut) => {
        const at = cut % (log.length + 1);
        const stored = JSON.stringify(fold(log.slice(0, at)));
        const read = v.parse(conversationStateSchema, JSON.parse(stored));
        expect(fold(log.slice(at), read)).toEqual(fold(log));
      }),
      RUNS,
    );
  });

  test('[DC8] is queued, served by one agent, on hold with one, or closed: never two of these', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (let length = 1; length <= log.length; length += 1) {
          const state = fold(log.slice(0, length));
          // A status has what it declares, and keeps no trace of the one before it.
          expect(state).toEqual(v.parse(conversationStateSchema, state));
          expect(['queued', 'serving', 'held', 'closed']).toContain(state.status);
          const isServed = state.status === 'serving' || state.status === 'held';
          if (state.status !== 'closed') expect('agent' in state).toBe(isServed);
          expect('heldAt' in state).toBe(state.status === 'held');
          expect('closedAt' in state).toBe(state.status === 'closed');
        }
      }),
    );
  });

  test('[DC8] what is closed stays closed, but for what is noted of it and where it goes on', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const end = log.findIndex(({ type }) => type === 'conversation.ended');
        fc.pre(end !== -1);
        const noted = [
          'comment.added',
          'details.changed',
          'contact.renamed',
          'conversation.continued',
        ];
        const later = log.slice(end).filter(({ type }) => noted.includes(type));
        const closed = fold(log.slice(0, end + 1));
        const { details, visitor: contact, ...rest } = fold(later, closed) as ClosedConversation; // It stays closed.
        expect(fold(log)).toEqual({
          ...{ ...closed, details, visitor: contact },
          ...{ comment: rest.comment, nextId: rest.nextId },
        });
      }),
    );
  });

  test('[CV10] [MS5] keeps the beginning of the last message, however long that is', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const end = log.findIndex(({ type }) => type === 'conversation.ended');
        const open = end === -1 ? log : log.slice(0, end);
        const state = fold(log);
        const sent = open.findLast((event) => event.type === 'message.sent');
        const last = sent && amended(sent, amendmentsIn(open.slice(sent.seq)));
        const preview = state.status === 'new' ? null : (state.lastMessage?.preview ?? null);
        expect(preview).toBe(last ? last.body.text.slice(0, 140) : null);
      }),
    );
  });

  test('[CV12] counts the time in queues, however often it came back', () => {
    fc.assert(
      fc.property(logs, (log) => {
        let waitedMs = 0;
        for (const [index, event] of log.entries()) {
          const state = fold(log.slice(0, index));
          const since = log[index - 1]?.at ?? event.at;
          if (state.status === 'queued') waitedMs += event.at - since;
        }
        const state = fold(log);
        if (state.status === 'new') throw new Error('every log begins with an opening');
        const now = log.at(-1)?.at ?? 0;
        const pending = state.status === 'queued' ? now - state.queuedAt : 0;
        expect(state.timing.waitedMs + pending).toBe(waitedMs);
      }),
    );
  });
});

describe('a conversation', () => {
  test('[LF5] [LF26] loses its helpers when it goes back to a queue, and when it ends', () => {
    const helped = [
      [taken, noor],
      [joined, noor],
    ] as const;
    expect(after(...helped)).toMatchObject({ helpers: [MARA] });
    expect(after(...helped, [requeued, noor])).toMatchObject({ helpers: [] });
    expect(after(...helped, [{ type: 'conversation.ended' }, noor])).toMatchObject({ helpers: [] });
    const away = { type: 'conversation.forwarded', departmentId: SUPPORT, agent: null } as const;
    expect(after(...helped, [away, noor])).toMatchObject({
      status: 'queued',
      departmentId: SUPPORT,
      helpers: [],
    });
  });

  test('[LF26] a helper who gets it serves it, and the others stay', () => {
    const other = { type: 'agent.joined', agent: TOM } as const;
    const forwarded = {
      type: 'conversation.forwarded',
      departmentId: SALES,
      agent: MARA,
    } as const;
    expect(after([taken, noor], [joined, noor], [other, noor], [forwarded, noor])).toMatchObject({
      status: 'serving',
      agent: MARA,
      helpers: [TOM],
    });
  });

  test('[LF14] on hold stays with its agent, and is as it was once it is resumed', () => {
    const serving = after([said, visitor], [taken, noor], [said, noor]);
    const on = after([said, visitor], [taken, noor], [said, noor], [held, noor]);
    expect(on).toMatchObject({ status: 'held', agent: NOOR });
    expect(
      after([said, visitor], [taken, noor], [said, noor], [held, noor], [resumed, noor]),
    ).toEqual({ ...serving, resumedAt: expect.any(Number) as number });
  });

  test('[RT16] remembers who lost it, and forgets nothing of that when it is put back by hand', () => {
    const lost = { type: 'conversation.requeued', because: 'unanswered' } as const;
    const byMara = { type: 'conversation.taken', agent: MARA } as const;
    expect(after([taken, noor], [requeued, noor])).toMatchObject({ lostBy: null });
    expect(after([taken, noor], [lost, SYSTEM])).toMatchObject({ lostBy: NOOR.id });
    expect(after([taken, noor], [lost, SYSTEM], [byMara, SYSTEM], [requeued, noor])).toMatchObject({
      lostBy: NOOR.id,
    });
  });

  test('[RT17] keeps its age when it comes back', () => {
    const first = after([taken, noor]);
    const back = after([taken, noor], [requeued, noor]);
    if (first.status === 'new' || back.status === 'new') throw new Error('it was opened');
    expect(back.openedAt).toBe(first.openedAt);
    expect(back.queuedAt).toBeGreaterThan(first.queuedAt);
  });

  test('[CV12] counts an answer from the first message that waited for it', () => {
    expect(
      after([said, visitor], [said, visitor], [taken, noor], [said, noor], [said, noor]),
    ).toMatchObject({ timing: { answers: 1, answeredMs: 3000 } });
  });

  test('[RI13] keeps what the first answer took', () => {
    const first = [
      [said, visitor],
      [taken, noor],
      [said, noor],
    ] as const;
    expect(after(...first)).toMatchObject({ timing: { firstMs: 2000 } });
    expect(after(...first, [said, visitor], [said, noor])).toMatchObject({
      timing: { answers: 2, firstMs: 2000 },
    });
  });

  test('[LF36] keeps of its details what a change leaves out', () => {
    const tagged: NewEvent = { type: 'details.changed', tags: ['Order'], topic: 'Ferns' };
    const urgent = { type: 'details.changed', priority: 'urgent', topic: null } as const;
    expect(after([tagged, noor], [urgent, noor])).toMatchObject({
      details: { topic: null, tags: ['Order'], priority: 'urgent', sla: null },
    });
  });
});

test('[WP6] an event survives the wire', () => {
  fc.assert(
    fc.property(logs, (log) => {
      for (const event of log) {
        expect(v.parse(conversationEventSchema, JSON.parse(JSON.stringify(event)))).toEqual(event);
      }
    }),
  );
});

test.each([
  { type: 'message.send', body: textBody('   ') },
  { type: 'message.send' },
  { type: 'message.send', body: { text: 7, files: [] } },
  { type: 'message.send', body: textBody('x'), extra: true },
  { type: 'message.send', body: { text: 'x' } },
  { type: 'message.send', body: { ...textBody('x'), extra: true } },
  { type: 'conversation.take', agentId: 'somebody-else' },
  { type: 'conversation.end' },
  { type: 'conversation.end', comment: 'x'.repeat(2001) },
  {
    type: 'conversation.open',
    departmentId: 'No Such',
    body: textBody('x'),
    previousId: null,
    page: null,
    locale: null,
  },
])('[WP7] %j is not a command', (command) => {
  expect(v.safeParse(conversationCommandSchema, command).success).toBe(false);
});

const opening = (said: object) =>
  v.parse(conversationCommandSchema, {
    ...{ type: 'conversation.open', departmentId: 'sales', body: textBody('x') },
    ...{ previousId: null, page: null, locale: null, ...said },
  });

test.each(['en', 'de-AT', 'zh-Hant-TW', 'en-US-u-hc-h12'])('%s is a language', (locale) => {
  expect(opening({ locale })).toMatchObject({ locale });
});

test.each(['en-US@posix', 'C', '', '\ud800', 'x'.repeat(60_000), 'constructor '])(
  '[WP9] a browser may name %j as its language, and its visitor can write',
  (locale) => {
    expect(opening({ locale })).toMatchObject({ locale: null });
  },
);

test.each(['', ' \n', '\u200b', '\u3164'])('[WP9] a comment of %j is none', (comment) => {
  const end = v.parse(conversationCommandSchema, { type: 'conversation.end', comment });
  expect(end).toMatchObject({ comment: null });
});
