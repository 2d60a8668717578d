// What is wrong with what was typed, as a sentence.

import { m } from '#messages/compiled/messages.js';
import type { Mistake } from './typed-query.ts';

const SENTENCES = {
  day: m.search_in_wrong_day,
  kind: m.search_in_wrong_kind,
  flag: m.search_in_wrong_flag,
} as const satisfies Record<Mistake['about'], (blanks: { part: string }) => string>;

export const mistakeText = ({ about, part }: Mistake): string => SENTENCES[about]({ part });
