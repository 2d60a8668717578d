// Text from outside, as schemas take it: cleaned before anything else looks at it.

import * as v from 'valibot';
import { cleaned, isBlank } from './text.ts';

export const textSchema = v.pipe(v.string(), v.transform(cleaned));

/** Of a single line, without blanks around it. */
export const lineSchema = v.pipe(
  textSchema,
  v.transform((text) => text.replace(/\s+/g, ' ').trim()),
);

/** @param what it is, for who left it out: `a name` */
export const notBlank = (what: string) => v.check((text: string) => !isBlank(text), what);
