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

/** Sales, for which Support stands in, for which Returns does. */
const chain = (
  more: Partial<Record<'sales' | 'support' | 'returns', Partial<Department>>> = {},
): Department[] => [
  { id: 'sales', name: 'Sales', fallback: 'support', ...more.sales },
  { id: 'support', name: 'Support', fallback: 'returns', ...more.support },
  { id: 'returns', name: 'Returns', ...more.returns },
];

async function admitted(departments: Department[], attended: string[], more = {}) {
  const asked: DepartmentId[] = [];
  const outcome = await admissionTo(id('sales'), {
    settings: settingsWith({ departments, ...more }),
    now: NOON,
    isAttended: async (one) => {
      asked.push(one);
      return attended.includes(one);
    },
  });
  return { asked, outcome: outcome.ok ? outcome.value : outcome.refusal };
}

describe('[RT23] a conversation enters', () => {
  test('the department that was meant, and nobody else is asked', async () => {
    expect(await admitted(chain(), ['sales', 'support'])).toEqual({
      asked: ['sales'],
      outcome: 'sales',
    });
  });

  test.each([
    ['is unattended', chain(), ['support', 'returns'], 'support'],
    ['and its fallback are unattended', chain(), ['returns'], 'returns'],
    ['is closed', chain({ sales: { hours: mornings } }), ['sales', 'support'], 'support'],
    ['is out of use', chain({ sales: { enabled: false } }), ['sales', 'support'], 'support'],
    [
      'is unattended, its fallback out of use',
      chain({ support: { enabled: false } }),
      ['support', 'returns'],
      'returns',
    ],
  ])('the nearest that stands in, when it %s', async (_what, departments, attended, entered) => {
    expect((await admitted(departments, attended)).outcome).toBe(entered);
  });

  test('nobody is asked who is closed or out of use', async () => {
    const departments = chain({ sales: { enabled: false }, support: { hours: mornings } });
    expect((await admitted(departments, ['sales', 'support', 'returns'])).asked).toEqual([
      'returns',
    ]);
  });
});

describe('[RT24] when nobody is there, a conversation', () => {
  test.each([
    ['in the department that was meant', chain(), 'sales'],
    ['there also while it is closed', chain({ sales: { hours: mornings } }), 'sales'],
    ['in the first that is in use', chain({ sales: { enabled: false } }), 'support'],
  ])('waits %s', async (_where, departments, entered) => {
    expect((await admitted(departments, [])).outcome).toBe(entered);
  });

  test('is refused where a form stands in', async () => {
    const form = { offline: { action: 'form' } } as const;
    const refused = { outcome: { code: 'department.unattended', details: {} } };
    expect(await admitted(chain(), [], form)).toMatchObject(refused);
    expect(await admitted(chain({ sales: form }), [])).toMatchObject(refused);
    expect((await admitted(chain({ sales: form }), ['returns'])).outcome).toBe('returns');
  });
});

test('[RT25] where all are out of use a conversation is refused, with the name of what was meant', async () => {
  const enabled = { enabled: false };
  const departments = chain({ sales: enabled, support: enabled, returns: enabled });
  expect((await admitted(departments, ['sales'])).outcome).toEqual({
    code: 'department.disabled',
    details: { department: 'Sales' },
  });
});
