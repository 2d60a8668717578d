import { describe, expect, test } from 'vitest';
import { textBody } from './body.ts';
import { accept, refuse } from '#shared/refusals.ts';
import {
  after,
  answeredByNoor,
  asked,
  asks,
  by,
  byNoor,
  command,
  details,
  end,
  onHold,
  invite,
  queued,
  reply,
  resume,
  rules,
  serving,
  takenByNoor,
  toHold,
  told,
  visitor,
} from '#shared/testing/decisions.ts';
import { agentAuthor, MARA, NOOR, SALES, SUPPORT, TOM } from '#shared/testing/logs.ts';
import { requiredAdmission, requiredSlot } from './decision-context.ts';
import { decide } from './decide.ts';

describe('a reply', () => {
  /** Noor serves, and Mara’s reply is the log’s fourth event. */
  const helped = (author: typeof NOOR) =>
    after(asks, takenByNoor, [{ type: 'message.sent', body: textBody('Hi') }, agentAuthor(author)]);

  test('[DC10] that was written before a colleague’s newer one was read is refused, with the colleague’s name', () => {
    expect(decide(helped(MARA), reply, asked({ after: 3 }))).toMatchObject({
      refusal: { code: 'message.stale', details: { agent: 'Mara' } },
    });
  });

  test.each([
    ['after reading it', MARA, 4],
    ['after one’s own', NOOR, 3],
  ])('[DC10] that was written %s is sent', (_when, author, read) => {
    expect(decide(helped(author), reply, asked({ after: read })).ok).toBe(true);
  });

  test('[WP7] that is longer than the limit is refused with both lengths', () => {
    const text = 'x'.repeat(101);
    expect(
      decide(serving, command({ type: 'message.send', body: textBody(text) }), asked()),
    ).toMatchObject({
      refusal: { code: 'message.too-long', details: { limit: 100, found: 101 } },
    });
  });

  test('[LF14] is not written while it is on hold', () => {
    expect(told(onHold, reply)).toBe('conversation.on-hold');
  });
});

describe('[LF13] placing on hold', () => {
  test('is for what was answered', () => {
    expect(told(serving, toHold)).toEqual([{ type: 'conversation.held' }]);
    expect(told(after(asks, takenByNoor), toHold)).toBe('hold.visitor-waits');
    expect(told(after(asks, takenByNoor, answeredByNoor, asks), toHold)).toBe('hold.visitor-waits');
    expect(told(after(takenByNoor), toHold)).toBe('hold.visitor-waits');
  });

  test('takes the permission, and that the department allows it', () => {
    expect(told(serving, toHold, { by: { ...by, permissions: [] } })).toBe('permission.missing');
    const never = rules({ hold: { allowed: false } });
    expect(told(serving, toHold, { rules: never })).toBe('hold.disabled');
    const here = rules({ departments: [{ id: 'sales', name: 'Sales', hold: { allowed: false } }] });
    expect(told(serving, toHold, { rules: here })).toBe('hold.disabled');
  });

  test('is not for what waits, or is on hold', () => {
    const permissions = ['conversation.hold', 'conversation.manage-others'] as const;
    expect(told(queued, toHold, { by: { ...by, permissions: [...permissions] } })).toBe(
      'conversation.not-taken',
    );
    expect(told(onHold, toHold)).toBe('conversation.on-hold');
  });
});

describe('resuming', () => {
  const full = refuse('agent.full', { agent: 'Noor', limit: 3 });

  test('[LF15] by hand takes a slot, and says why there is none', () => {
    expect(requiredSlot(onHold, resume, by)).toEqual({ agentId: NOOR.id, as: 'serving' });
    expect(told(onHold, resume)).toEqual([{ type: 'conversation.resumed' }]);
    expect(told(onHold, resume, { slot: full })).toBe('agent.full');
    expect(told(serving, resume)).toBe('conversation.not-on-hold');
  });

  test('[LF15] for a colleague says that the colleague has none', () => {
    const permissions = ['conversation.manage-others' as const];
    const mara = { ...by, agentId: MARA.id, name: MARA.name, permissions };
    expect(told(onHold, resume, { by: mara, slot: full })).toBe('colleague.full');
  });

  test('[LF16] by the visitor’s message goes on with the same agent, or in the queue', () => {
    expect(requiredSlot(onHold, reply, visitor)).toEqual({ agentId: NOOR.id, as: 'serving' });
    const sent = { type: 'message.sent', body: textBody('Yes, both.') };
    expect(told(onHold, reply, { by: visitor })).toEqual([sent, { type: 'conversation.resumed' }]);
    expect(told(onHold, reply, { by: visitor, slot: full })).toEqual([
      sent,
      { type: 'conversation.requeued', because: 'resumed' },
    ]);
  });

  test('[LF16] does not follow from a message to a conversation that is served', () => {
    expect(requiredSlot(serving, reply, visitor)).toBeNull();
    expect(told(serving, reply, { by: visitor })).toHaveLength(1);
  });
});

describe('ending', () => {
  const ended = { type: 'conversation.ended' };

  test('[LF18] is the visitor’s at any time, and asks nothing of them', () => {
    const strict = { by: visitor, rules: rules({ ending: { comment_required: true } }) };
    for (const state of [queued, serving, onHold])
      expect(told(state, end(), strict)).toEqual([ended]);
    expect(told(serving, end({ comment: 'Mine', tags: ['Order'] }), strict)).toEqual([ended]);
  });

  test('[LF19] takes a comment where one is wanted', () => {
    const strict = { rules: rules({ ending: { comment_required: true } }) };
    expect(told(serving, end(), strict)).toBe('ending.comment-required');
    expect(told(serving, end({ comment: '  ' }), strict)).toBe('ending.comment-required');
    expect(told(serving, end({ comment: 'Bought a fern' }), strict)).toHaveLength(2);
  });

  test('[LF19] takes a tag where one is wanted, which it may have already', () => {
    const strict = { rules: rules({ ending: { tags_required: true } }) };
    expect(told(serving, end(), strict)).toBe('ending.tags-required');
    expect(told(serving, end({ tags: [] }), strict)).toBe('ending.tags-required');
    expect(told(serving, end({ tags: ['Order'] }), strict)).toHaveLength(2);
    const tagged = after(asks, takenByNoor, [{ type: 'details.changed', tags: ['Order'] }, byNoor]);
    expect(told(tagged, end(), strict)).toEqual([ended]);
    expect(told(tagged, end({ tags: [] }), strict)).toBe('ending.tags-required');
  });

  test('[LF20] [LF21] tags it first, and comments on it last', () => {
    expect(told(serving, end({ comment: 'Bought a fern', tags: ['Order'] }))).toEqual([
      { type: 'details.changed', tags: ['Order'] },
      ended,
      { type: 'comment.added', text: 'Bought a fern' },
    ]);
    expect(told(serving, end({ tags: ['Ferns'] }))).toBe('tag.unknown');
    const tagged = after(asks, takenByNoor, [
      { type: 'details.changed', tags: ['Order'] },
      agentAuthor(NOOR),
    ]);
    expect(told(tagged, end({ tags: ['Order'] }))).toEqual([ended]);
  });
});

describe('helpers', () => {
  const mara = { ...by, agentId: MARA.id, name: MARA.name, departments: [SUPPORT] };
  const helped = after(asks, takenByNoor, [{ type: 'agent.joined', agent: MARA }, byNoor]);
  const leave = command({ type: 'conversation.leave' });

  test('[LF23] join beside the agent who serves, and write', () => {
    expect(requiredSlot(serving, invite, by)).toEqual({ agentId: TOM.id, as: 'helping' });
    expect(told(serving, invite)).toEqual([{ type: 'agent.joined', agent: TOM }]);
    expect(told(helped, reply, { by: mara })).toHaveLength(1);
    expect(told(serving, reply, { by: mara })).toBe('conversation.unknown');
  });

  test.each([
    [refuse('agent.offline', { agent: 'Tom' }), 'agent.offline'],
    [refuse('agent.full', { agent: 'Tom', limit: 3 }), 'colleague.full'],
    [refuse('agent.offline', { agent: '' }), 'agent.unknown'],
  ])('[LF23] who says %j does not join', (slot, code) => {
    expect(told(serving, invite, { slot })).toBe(code);
  });

  test('[LF24] are invited by anyone who takes part, once', () => {
    expect(told(helped, invite, { by: mara })).toHaveLength(1);
    const again = command({ type: 'agent.invite', agentId: MARA.id });
    expect(told(helped, again)).toEqual([]);
    expect(told(helped, command({ type: 'agent.invite', agentId: NOOR.id }))).toEqual([]);
    expect(told(queued, invite)).toBe('conversation.not-taken');
  });

  test('[LF25] leave when they like, and only they', () => {
    expect(told(helped, leave, { by: mara })).toEqual([{ type: 'agent.left', agent: MARA }]);
    expect(told(helped, leave)).toBe('conversation.not-invited');
  });
});

describe('details', () => {
  test('[LF36] only what has changed is told', () => {
    const tagged = after(asks, takenByNoor, [
      { type: 'details.changed', tags: ['Order'], topic: 'Ferns', priority: 'urgent' },
      byNoor,
    ]);
    const all = { topic: 'Ferns', tags: ['Order'], priority: 'urgent', sla: null };
    expect(told(tagged, details(all))).toEqual([]);
    expect(told(tagged, details({}))).toEqual([]);
    expect(told(serving, details({ topic: ' ' }))).toEqual([]);
    expect(told(tagged, details({ ...all, priority: null, sla: 'gold' }))).toEqual([
      { type: 'details.changed', priority: null, sla: 'gold' },
    ]);
    expect(told(tagged, details({ tags: ['Return', 'Order'], topic: null }))).toEqual([
      { type: 'details.changed', topic: null, tags: ['Return', 'Order'] },
    ]);
  });

  test.each([
    [{ tags: ['Order', 'Ferns'] }, 'tag.unknown'],
    [{ priority: 'whenever' }, 'priority.unknown'],
    [{ sla: 'silver' }, 'sla.unknown'],
  ])('[LF36] %j is refused', (unknown, code) => {
    expect(told(serving, details({ topic: 'Ferns', ...unknown }))).toBe(code);
  });

  test('[LF35] of what waits are set by who may manage it', () => {
    expect(told(queued, details({ topic: 'Ferns' }))).toBe('conversation.not-taken');
    const manager = { by: { ...by, permissions: ['conversation.manage-others' as const] } };
    expect(told(queued, details({ topic: 'Ferns' }), manager)).toHaveLength(1);
  });
});

describe('taking', () => {
  const take = command({ type: 'conversation.take' });

  test('[LF1] gives it to who takes it; again changes nothing', () => {
    expect(requiredSlot(queued, take, by)).toEqual({ agentId: NOOR.id, as: 'serving' });
    expect(told(queued, take, { slot: accept(NOOR) })).toEqual([
      { type: 'conversation.taken', agent: NOOR },
    ]);
    expect(told(serving, take)).toEqual([]);
    expect(told(onHold, take)).toEqual([]);
  });

  test.each([
    refuse('agent.away', { agent: 'Noor' }),
    refuse('agent.offline', { agent: 'Noor' }),
    refuse('agent.full', { agent: 'Noor', limit: 3 }),
  ])('[LF2] is refused: $refusal.code', (slot) => {
    expect(told(queued, take, { slot })).toBe(slot.refusal.code);
  });
});

describe('opening', () => {
  const open = (more: object = {}) =>
    command({
      ...{ type: 'conversation.open', departmentId: SALES, body: textBody('Hello?') },
      ...{ previousId: null, page: null, locale: null, ...more },
    });

  test('[RT7] keeps whom the page asks for', () => {
    const opened = told({ status: 'new' }, open({ agentId: TOM.id }), { by: visitor });
    expect(opened).toMatchObject([{ wanted: TOM.id }, { type: 'message.sent' }]);
  });

  test('[RT23] enters the department that lets it in', () => {
    expect(requiredAdmission(open())).toBe(SALES);
    const opened = told({ status: 'new' }, open(), { by: visitor });
    expect(opened).toMatchObject([{ departmentId: SUPPORT }, {}]);
  });

  test('[RT24] is refused where a form stands in', () => {
    const admission = refuse('department.offline');
    expect(told({ status: 'new' }, open(), { by: visitor, admission })).toBe('department.offline');
  });

  test('[RI11] keeps what the client and its socket say of it', () => {
    const device = { browser: 'Firefox 145', system: 'Windows' };
    const said = { referrer: 'https://search.example/?q=ferns', timeZone: 'Europe/Berlin' };
    const by = { ...visitor, device };
    expect(told({ status: 'new' }, open(said), { by })).toMatchObject([
      { client: { referrer: 'https://search.example/', timeZone: 'Europe/Berlin', device } },
      {},
    ]);
    const [nothing] = told({ status: 'new' }, open({ timeZone: '<b>' }), { by: visitor });
    expect(nothing).not.toHaveProperty('client');
  });
});
