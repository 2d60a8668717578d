// The beginning of a message as a list or a notification has it: without the marks that format it.

import { visibleText } from './visible-text.ts';

/** Previews are cut near 140 characters. In a longer one, a mark that is not closed may have been cut off. */
const MAY_BE_CUT_FROM = 100;
const CUT_LINK = /\[([^[\]\n]{1,200})\]\([^\s()<>]{0,2000}$/;
const CUT_MARK = /[*_~`]{1,3}$/;
const CUT_CODE = /`([^`\n]*)$/;
const FENCE = '```';

export function previewText(text: string): string {
  if (text.length < MAY_BE_CUT_FROM) return visibleText(text);
  const whole = text.replace(CUT_LINK, '$1').replace(CUT_MARK, '');
  const fences = whole.split('\n').filter((line) => line.startsWith(FENCE)).length;
  if (fences % 2 === 1) return visibleText(`${whole}\n${FENCE}`, true);
  return visibleText(hasOpenCode(whole) ? whole.replace(CUT_CODE, '$1') : whole, true);
}

const hasOpenCode = (text: string): boolean =>
  text.split('`').length % 2 === 0 && CUT_CODE.test(text);
