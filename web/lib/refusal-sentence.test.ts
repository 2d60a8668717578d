import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { refusal, REFUSAL_CODES, refusalSchema } from '#shared/refusals.ts';
import { locales, overwriteGetLocale } from '#web/paraglide/runtime.js';
import { refusalSentence } from './refusal-sentence.ts';

describe.each(locales)('in %s', (locale) => {
  test.each(REFUSAL_CODES)('[WS18] %s has a sentence with its blanks filled', (code) => {
    overwriteGetLocale(() => locale);
    const blanks = ['agent', 'limit', 'found', 'permission', 'problem', 'origin', 'minutes'];
    const details = Object.fromEntries(
      [...blanks, 'request', 'department', 'tag', 'priority', 'sla'].map((name) => [
        name,
        `«${name}»`,
      ]),
    );
    const sentence = refusalSentence(refusal(code, details));
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/[{}]/);
  });
});

test('[WS18] what a newer desk refuses has a sentence too', () => {
  const newer = v.parse(refusalSchema, { code: 'toString', details: {} });
  expect(refusalSentence(newer)).toMatch(/\.$/);
});
