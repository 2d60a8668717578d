// Formats what is selected in a field, as if it had been typed, so that it can be taken back.

import { insertText } from '#web/lib/ui/insert-text.ts';
import type { Change, Selected } from './change.ts';
import type { FormatId } from './format-keys.ts';
import { toggledLink, toggledMark } from './inline-marks.ts';
import { continued, toggledLineMark } from './line-marks.ts';

export const format = (field: HTMLTextAreaElement, id: FormatId): void =>
  apply(field, changeFor(id, selectedIn(field)));

/** Begins a new line with what the list or the quote goes on with; false where there is none. */
export function continueLine(field: HTMLTextAreaElement): boolean {
  const change = continued(selectedIn(field));
  if (change) apply(field, change);
  return change !== null;
}

export function changeFor(id: FormatId, selected: Selected): Change {
  if (id === 'link') return toggledLink(selected);
  if (id === 'bullets' || id === 'numbers' || id === 'quote') return toggledLineMark(id, selected);
  return toggledMark(id, selected);
}

const selectedIn = (field: HTMLTextAreaElement): Selected => ({
  ...{ text: field.value, from: field.selectionStart, to: field.selectionEnd },
});

function apply(field: HTMLTextAreaElement, { from, to, by, select }: Change): void {
  if (from !== to || by !== '') insertText(field, by, from, to);
  field.setSelectionRange(...select);
}
