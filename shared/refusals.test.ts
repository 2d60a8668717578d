import { expect, test } from 'vitest';
import { sentenceOf } from './refusal-sentences.ts';
import { refusal, REFUSAL_CODES, statusOf } from './refusals.ts';

test.each(REFUSAL_CODES)('[RF1] %s has a status and a sentence for a person', (code) => {
  expect(statusOf(code)).toBeGreaterThanOrEqual(400);
  expect(sentenceOf(refusal(code))).toMatch(/^\S.+\.$/);
});

test('[RF2] the details fill the blanks of the sentence', () => {
  expect(sentenceOf(refusal('conversation.taken', { agent: 'Mara' }))).toBe(
    'Mara has already taken this conversation.',
  );
});
