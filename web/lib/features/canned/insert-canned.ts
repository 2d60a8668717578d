// Puts a canned response into what is being written. It is never sent by that.

import type { CannedResponse } from '#shared/canned-responses/canned-response.ts';
import { filled, gapsIn } from '#shared/canned-responses/placeholders.ts';
import { insertText } from '#web/lib/ui/insert-text.ts';
import { needsReach, type CannedTarget } from './canned-target.svelte.ts';

/** In place of what is selected, or where the cursor is. */
export async function useCanned(
  response: CannedResponse,
  target: CannedTarget,
  field: HTMLTextAreaElement,
): Promise<void> {
  const { value, selectionStart, selectionEnd } = field;
  const text = await resolved(response, target);
  // What the agent has written meanwhile stands.
  const isSame = field.isConnected && field.value === value;
  const from = isSame ? selectionStart : field.value.length;
  insert(field, text, from, isSame ? selectionEnd : from);
  target.used(response);
}

/** In place of all that is written, which was looking for it. One who writes on meanwhile wants something else. */
export async function completeCanned(
  response: CannedResponse,
  target: CannedTarget,
  field: HTMLTextAreaElement,
): Promise<void> {
  const { value } = field;
  const text = await resolved(response, target);
  if (!field.isConnected || field.value !== value) return;
  insert(field, text, 0, value.length);
  target.used(response);
}

/** Selects the first gap, so that what is typed fills it. */
export function toFirstGap(field: HTMLTextAreaElement): void {
  field.focus();
  const [gap] = gapsIn(field.value);
  if (gap) field.setSelectionRange(gap.from, gap.to);
}

async function resolved({ text }: CannedResponse, target: CannedTarget): Promise<string> {
  if (needsReach(text)) await target.know();
  return filled(text, target.values);
}

function insert(field: HTMLTextAreaElement, text: string, from: number, to: number): void {
  insertText(field, text, from, to);
  const [gap] = gapsIn(text);
  if (gap) field.setSelectionRange(from + gap.from, from + gap.to);
}

/** Of the conversation that is open, if the agent can write there. */
export const composerField = (): HTMLTextAreaElement | null =>
  document.querySelector<HTMLTextAreaElement>('textarea#composer');
