import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { departmentIdSchema, type DepartmentId } from '#shared/ids.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { admissionTo } from './admission.ts';

const id = (name: string): DepartmentId => v.parse(departmentIdSchema, name);
type Department = SettingsSource['departments'][number];

/** A Monday, at noon in UTC. */
const NOON = Date.parse('2026-06-01T12:00:00Z');
const mornings = { time_zone: 'UTC', week: { mon: ['08:00-11:00'] } };

/** Support stands in for Sales, and Returns for Support. */
const chain = (
  more: Partial<Record<'sales' | 'support' | 'returns', Partial<Department>>> = {},
): Department[] => [
  { id: 'sales', name: 'Sales', fallback: 'support', ...more.sales },
  { id: 'support', name: 'Support', fallback: 'returns', ...more.support },
  { id: 'returns', name: 'Returns', ...more.returns },
];

async function admitted(
  departments: Department[],
  online: string[],
  more = {},
  {
    full = [] as string[],
    many = [] as string[],
    blocked = [] as string[],
    checking = [] as string[],
    isChecked = false,
  } = {},
) {
  const asked: DepartmentId[] = [];
  const outcome = await admissionTo(id('sales'), {
    settings: settingsWith({ departments, ...more }),
    now: NOON,
    isChecked,
    ask: async (one) => {
      asked.push(one);
      return {
        isOnline: online.includes(one),
        isFull: full.includes(one),
        hasMany: many.includes(one),
        isBlocked: blocked.includes(one),
        asksForCheck: checking.includes(one),
      };
    },
  });
  return { asked, outcome: outcome.ok ? outcome.value : outcome.refusal };
}

describe('[RT23] a conversation enters', () => {
  test('the department that it was meant for, and no other is asked', async () => {
    expect(await admitted(chain(), ['sales', 'support'])).toEqual({
      asked: ['sales'],
      outcome: 'sales',
    });
  });

  test.each([
    ['is offline', chain(), ['support', 'returns'], 'support'],
    ['and its fallback are offline', chain(), ['returns'], 'returns'],
    ['is closed', chain({ sales: { hours: mornings } }), ['sales', 'support'], 'support'],
    ['is disabled', chain({ sales: { enabled: false } }), ['sales', 'support'], 'support'],
    [
      'is offline, its fallback disabled',
      chain({ support: { enabled: false } }),
      ['support', 'returns'],
      'returns',
    ],
  ])('the nearest that stands in, when it %s', async (_what, departments, online, entered) => {
    expect((await admitted(departments, online)).outcome).toBe(entered);
  });

  test('a department that is closed or disabled is not asked', async () => {
    const departments = chain({ sales: { enabled: false }, support: { hours: mornings } });
    expect((await admitted(departments, ['sales', 'support', 'returns'])).asked).toEqual([
      'returns',
    ]);
  });
});

describe('[RT24] when no department is online, a conversation', () => {
  test.each([
    ['in the department that it was meant for', chain(), 'sales'],
    ['there also while it is closed', chain({ sales: { hours: mornings } }), 'sales'],
    ['in the first that is enabled', chain({ sales: { enabled: false } }), 'support'],
  ])('waits %s', async (_where, departments, entered) => {
    expect((await admitted(departments, [])).outcome).toBe(entered);
  });

  test('is refused where the settings say form', async () => {
    const form = { offline: { action: 'form' } } as const;
    const refused = { outcome: { code: 'department.offline', details: {} } };
    expect(await admitted(chain(), [], form)).toMatchObject(refused);
    expect(await admitted(chain({ sales: form }), [])).toMatchObject(refused);
    expect((await admitted(chain({ sales: form }), ['returns'])).outcome).toBe('returns');
  });
});

test('[RT25] where all are disabled a conversation is refused, with the name of the department', async () => {
  const enabled = { enabled: false };
  const departments = chain({ sales: enabled, support: enabled, returns: enabled });
  expect((await admitted(departments, ['sales'])).outcome).toEqual({
    code: 'department.disabled',
    details: { department: 'Sales' },
  });
});

describe('[RT39] a department in which as many wait as may', () => {
  const full = ['sales'];

  test('is passed over as if it were offline', async () => {
    const all = ['sales', 'support'];
    expect((await admitted(chain(), all, {}, { full })).outcome).toBe('support');
    expect((await admitted(chain(), [], {}, { full })).outcome).toBe('support');
  });

  test('refuses where nothing stands in, each asked once', async () => {
    const every = ['sales', 'support', 'returns'];
    const { asked, outcome } = await admitted(chain(), every, {}, { full: every });
    expect(asked).toEqual(every);
    expect(outcome).toEqual({ code: 'department.full', details: { department: 'Sales' } });
    const form = { offline: { action: 'form' } } as const;
    const withForm = await admitted(chain({ sales: form }), every, {}, { full: every });
    expect(withForm.outcome).toMatchObject({ code: 'department.offline' });
  });

  test('also while it is closed', async () => {
    const closed = [{ id: 'sales', name: 'Sales', hours: mornings }];
    expect((await admitted(closed, [], {}, { full })).outcome).toMatchObject({
      code: 'department.full',
    });
  });
});

test('[RT40] a visitor with as many conversations as they may have is refused, wherever it would wait', async () => {
  const busy = { code: 'visitor.busy', details: { limit: 3 } };
  const many = ['sales'];
  expect((await admitted(chain(), ['sales'], {}, { many })).outcome).toEqual(busy);
  const closed = chain({ sales: { hours: mornings } });
  expect((await admitted(closed, [], {}, { many })).outcome).toEqual(busy);
});

describe('[HC2] [HC3] a visitor who has not shown that they are human', () => {
  test('is let in nowhere where that is asked', async () => {
    const open = await admitted(chain(), ['sales'], {}, { checking: ['sales'] });
    expect(open.outcome).toMatchObject({ code: 'visitor.unchecked' });
    const waits = await admitted(chain(), [], {}, { checking: ['sales'] });
    expect(waits.outcome).toMatchObject({ code: 'visitor.unchecked' });
  });

  test('is let in where nothing is asked, and when they have shown it', async () => {
    expect((await admitted(chain(), ['sales'])).outcome).toBe('sales');
    const options = { checking: ['sales'], isChecked: true };
    expect((await admitted(chain(), ['sales'], {}, options)).outcome).toBe('sales');
  });

  test('is told as before that nobody is there', async () => {
    const offline = { offline: { action: 'form' } };
    const found = await admitted(chain(), [], offline, { checking: ['sales'] });
    expect(found.outcome).toMatchObject({ code: 'department.offline' });
  });
});

test('[CI9] a department that has blocked the visitor lets nothing in, nor does its fallback', async () => {
  const { asked, outcome } = await admitted(chain(), ['support'], {}, { blocked: ['sales'] });
  expect(outcome).toMatchObject({ code: 'visitor.blocked' });
  expect(asked).toEqual(['sales']);
});
