// A refusal in the language of the page.

import { refusalText } from '#messages/refusal-text.ts';
import type { Refusal } from '#shared/refusals.ts';
import { getLocale } from '#messages/compiled/runtime.js';

export const refusalSentence = (refusal: Refusal): string => refusalText(refusal, getLocale());
