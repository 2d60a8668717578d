// The vocabulary of the settings: each schema here says in words what a person may write.

import * as v from 'valibot';
import { departmentIdSchema } from '#shared/ids.ts';

/** A schema whose every complaint is `allowed`: what a person may write there. */
export function setting<const S extends v.GenericSchema>(allowed: string, schema: S) {
  return v.message(schema, allowed);
}

export const wholeNumber = (from: number, to: number, unit: string) =>
  setting(
    `a whole number of ${unit} from ${from} to ${to}`,
    v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to)),
  );

const SECONDS_MOST = 30 * 24 * 3600;
export const seconds = (from: number) => wholeNumber(from, SECONDS_MOST, 'seconds');

export const conversationLimit = wholeNumber(1, 1000, 'conversations');

export const flag = setting('true or false', v.boolean());

export const choice = <const O extends readonly [string, ...string[]]>(options: O) =>
  setting(`one of ${options.join(', ')}`, v.picklist(options));

export const name = setting(
  'a text of 1 to 60 characters',
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
);

/** What the visitor reads when a conversation closes automatically; empty: nothing. */
export const closeMessage = setting(
  'a text of 500 characters at most',
  v.pipe(v.string(), v.trim(), v.maxLength(500)),
);

export const department = setting(
  'lower-case letters, digits and dashes, 40 at most',
  departmentIdSchema,
);

export const uniqueBy = <T>(key: (item: T) => string, what: string) =>
  v.check<T[], string>((items) => new Set(items.map(key)).size === items.length, what);
