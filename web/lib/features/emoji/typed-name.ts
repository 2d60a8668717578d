// The name of an emoji as it is typed: `:tada`, and `:tada:` once it is whole. Pure.

import { isInWord } from '#shared/formatting/inline.ts';
import { shortened } from '#shared/text.ts';

export interface TypedName {
  /** Where its colon is. */
  readonly from: number;
  readonly name: string;
  /** Whether a second colon has ended it. */
  readonly isWhole: boolean;
}

const NAME = /:(\+1|-1|[a-z][a-z0-9_+-]{1,30})(:?)$/;
/** What times, addresses and the like have before a colon. */
const NEVER_BEFORE = /[:/\\.@#&=+-]/;

/** Null where none is written before the cursor, as in `10:30` or `https://`. */
export function typedName(text: string, cursor: number): TypedName | null {
  const found = NAME.exec(shortened(text, cursor));
  if (!found) return null;
  const [, name = '', end] = found;
  const from = found.index;
  const before = text.charAt(from - 1);
  if (isInWord(before) || NEVER_BEFORE.test(before)) return null;
  return { from, name, isWhole: end !== '' };
}
