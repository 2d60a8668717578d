import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import type { Sentence } from '#shared/conversation/describe.ts';
import { departmentIdSchema } from '#shared/ids.ts';
import { locales } from './compiled/runtime.js';
import { eventText, type Names } from './event-text.ts';

const departmentId = v.parse(departmentIdSchema, 'sales');
const NAMES = new Map([
  ['sales', 'Sales'],
  ['urgent', 'Urgent'],
  ['gold', 'Gold'],
]);
const nameOf = (id: string) => NAMES.get(id) ?? id;
const names: Names = {
  department: nameOf,
  priority: (id) => nameOf(id ?? 'normal'),
  sla: nameOf,
  field: nameOf,
};

const because = <B extends string>(...all: B[]) => all;
const SENTENCES: { [K in Sentence['key']]: Extract<Sentence, { key: K }>[] } = {
  opened: [{ key: 'opened' }],
  taken: [{ key: 'taken', name: 'Mara' }],
  'taken-by-you': [{ key: 'taken-by-you' }],
  assigned: [{ key: 'assigned', name: 'Mara' }],
  'assigned-to-you': [{ key: 'assigned-to-you' }],
  requeued: because('moved', 'resumed', 'unanswered', 'agent-gone').map((why) => ({
    key: 'requeued',
    because: why,
    by: why === 'moved' ? 'Noor' : null,
  })),
  'forwarded-to-agent': [{ key: 'forwarded-to-agent', by: null, name: 'Mara' }],
  'forwarded-to-department': [{ key: 'forwarded-to-department', by: 'Noor', departmentId }],
  held: [null, 'Noor'].map((by) => ({ key: 'held', by })),
  resumed: [null, 'Noor'].map((by) => ({ key: 'resumed', by })),
  joined: [{ key: 'joined', name: 'Mara' }],
  invited: [{ key: 'invited', by: 'Noor', name: 'Mara' }],
  left: [{ key: 'left', name: 'Mara' }],
  details: [
    { key: 'details', by: 'Noor', details: { topic: null, tags: [] } },
    { key: 'details', by: null, details: { priority: null, sla: null } },
    { key: 'details', by: 'Noor', details: { fields: { order: 'AB123456', size: null } } },
  ],
  'sla-warned': [{ key: 'sla-warned', sla: 'gold' }],
  escalated: (['colleague', 'department'] as const).flatMap((to) => [
    { key: 'escalated', name: 'Mara', to },
    { key: 'escalated', name: 'Mara', to, you: 'to' },
  ]),
  'ended-by-visitor': [{ key: 'ended-by-visitor' }],
  'ended-by-agent': [{ key: 'ended-by-agent', name: 'Mara' }],
  'ended-by-you': [{ key: 'ended-by-you' }],
  'ended-by-itself': because(
    'waited-too-long',
    'held-too-long',
    'visitor-silent',
    'agent-gone',
    'blocked',
  ).map((why) => ({ key: 'ended-by-itself', because: why, message: null })),
  ended: [{ key: 'ended', message: null }],
  comment: [{ key: 'comment', name: 'Mara', text: 'x' }],
  renamed: [{ key: 'renamed', by: 'Noor', name: 'Iris' }],
};

/** Those that the reader may have done, or that were done to them. */
const OWN: Sentence[] = [
  { key: 'renamed', by: 'Noor', name: 'Iris', you: 'by' },
  { key: 'requeued', because: 'moved', by: 'Noor', you: 'by' },
  { key: 'forwarded-to-agent', by: 'Noor', name: 'Mara', you: 'by' },
  { key: 'forwarded-to-agent', by: 'Mara', name: 'Noor', you: 'to' },
  { key: 'forwarded-to-department', by: 'Noor', departmentId, you: 'by' },
  { key: 'held', by: 'Noor', you: 'by' },
  { key: 'resumed', by: 'Noor', you: 'by' },
  { key: 'joined', name: 'Noor', you: 'to' },
  { key: 'invited', by: 'Noor', name: 'Mara', you: 'by' },
  { key: 'invited', by: 'Mara', name: 'Noor', you: 'to' },
  { key: 'left', name: 'Noor', you: 'by' },
  { key: 'details', by: 'Noor', details: {}, you: 'by' },
  { key: 'comment', name: 'Noor', text: 'x', you: 'by' },
];

describe.each(locales)('in %s', (locale) => {
  const all = [...Object.values<Sentence[]>(SENTENCES).flat(), ...OWN];
  test.each(all)('[WS38] %o has words, and no blanks', (sentence) => {
    const text = eventText(sentence, names, locale);
    expect(text).not.toMatch(/[{}]|undefined|null/);
    expect(text.length).toBeGreaterThan(3);
  });
});

test.each(OWN)('[WS38] in %o the reader is you, and has no name', (sentence) => {
  const text = eventText(sentence, names, 'en');
  expect(text).toMatch(/\byour?\b/i);
  expect(text).not.toContain('Noor');
});

const inEnglish = (sentence: Sentence) => eventText(sentence, names, 'en');

test('[WS38] names replace ids, and an automatic end quotes what the visitor read', () => {
  const details = { topic: 'Figs', tags: ['Order'], priority: 'urgent', sla: 'gold' };
  expect(inEnglish({ key: 'details', by: 'Noor', details })).toBe(
    'Noor changed the details. Topic: Figs. Tags: Order. Priority: Urgent. SLA: Gold.',
  );
  expect(inEnglish({ key: 'forwarded-to-department', by: 'Noor', departmentId })).toBe(
    'Noor forwarded the conversation to Sales.',
  );
  expect(inEnglish({ key: 'ended-by-itself', because: 'held-too-long', message: 'Bye.' })).toBe(
    'Closed automatically: the conversation was on hold for too long. The visitor read: “Bye.”',
  );
});
