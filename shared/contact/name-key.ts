// A name as it is sorted and searched by.

import { folded } from '#shared/text.ts';

/** Lower case, without accents, and with one space between words. */
export const nameKey = (name: string): string => folded(name).replace(/\s+/g, ' ').trim();
