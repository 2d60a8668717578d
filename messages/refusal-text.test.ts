import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  refusal,
  refusalSchema,
  REFUSAL_CODES,
  type Refusal,
  type RefusalDetails,
} from '#shared/refusals.ts';
import { locales } from './compiled/runtime.js';
import { refusalText } from './refusal-text.ts';

const agent = 'Mara';
const DETAILS: RefusalDetails = {
  'conversation.taken': { agent },
  'conversation.not-yours': { agent },
  'forward.same-agent': { agent },
  'tag.unknown': { tag: 'Ferns' },
  'priority.unknown': { priority: 'high' },
  'sla.unknown': { sla: 'silver' },
  'field.unknown': { field: 'colour' },
  'field.required': { field: 'Colour' },
  'field.wrong-text': { field: 'Colour' },
  'field.not-a-number': { field: 'Colour' },
  'field.not-a-choice': { field: 'Colour' },
  'field.not-a-date': { field: 'Colour' },
  'department.unknown': { department: 'garden' },
  'department.disabled': { department: 'Garden' },
  'department.full': { department: 'Garden' },
  'department.accepting': { department: 'Garden' },
  'visitor.busy': { limit: 3 },
  'agent.away': { agent },
  'agent.full': { agent, limit: 5 },
  'agent.offline': { agent },
  'colleague.away': { agent },
  'colleague.full': { agent },
  'permission.missing': { permission: 'conversation.take' },
  'contact.blocked': { contact: 'Iris Green' },
  'contact.in-conversation': { contact: 'Iris Green' },
  'phone.unclear': { phone: '12' },
  'channel.not-writable': { channel: 'WhatsApp' },
  'message.stale': { agent },
  'message.too-long': { limit: 5000, found: 5001 },
  'canned-response.exists': { shortcut: 'hi', other: 'Hello' },
  'canned-response.full': { limit: 1_000 },
  'frame.malformed': { problem: 'it is not JSON' },
  'frame.too-large': { limit: 65_536 },
  'body.malformed': { problem: 'it is not JSON' },
  'body.too-large': { limit: '4 kB' },
  'search.pattern-wrong': { at: 3, part: '(a' },
  'origin.refused': { origin: 'https://shop.example' },
  'projection.unknown': { projection: 'index' },
  'rate.limited': { seconds: 10 },
  'second-factor.locked': { minutes: 15 },
  'session.locked': { minutes: 15 },
  defect: { request: '8f2c' },
};
const details = new Map<string, object>(Object.entries(DETAILS));
// Each code with its own details, by the table's type.
const ALL = REFUSAL_CODES.map((code) => ({ code, details: details.get(code) ?? {} }) as Refusal);

describe.each(locales)('in %s', (locale) => {
  test.each(ALL)('[RF1] [WS18] $code has a sentence with its blanks filled', (refusal) => {
    const sentence = refusalText(refusal, locale);
    expect(sentence).toMatch(/^\S.+[.。]$/u);
    expect(sentence).not.toMatch(/[{}]|undefined/);
  });
});

test('[RF2] the details fill the blanks of the sentence', () => {
  expect(refusalText(refusal('conversation.taken', { agent }), 'en')).toBe(
    'Mara has already taken this conversation.',
  );
});

test('[WS18] a refusal of a newer server has a sentence too', () => {
  const newer = v.parse(refusalSchema, { code: 'toString', details: {} });
  expect(refusalText(newer, 'en')).toMatch(/\.$/);
});
