// What the visitor has filled in for an offline message: kept across reloads and pages, until the server has it.

import * as v from 'valibot';
import { offlineMessageIdSchema } from '#shared/ids.ts';
import { host } from './host.ts';

const formSchema = v.object({
  /** Minted when it is sent. After a change it is another message. */
  id: v.nullable(offlineMessageIdSchema),
  name: v.string(),
  email: v.string(),
  text: v.string(),
});
export type Form = v.InferOutput<typeof formSchema>;

export const EMPTY_FORM: Form = { id: null, name: '', email: '', text: '' };

const KEY = 'parley-form';

let kept: Form = EMPTY_FORM;

export function readForm(): Form {
  try {
    const stored: unknown = JSON.parse(host.localStorage.getItem(KEY) ?? 'null');
    const parsed = v.safeParse(formSchema, stored);
    if (parsed.success) kept = parsed.output;
  } catch {
    // Without storage it lives as long as the page.
  }
  return kept;
}

export function keepForm(form: Form): void {
  kept = form;
  try {
    if (form === EMPTY_FORM) host.localStorage.removeItem(KEY);
    else host.localStorage.setItem(KEY, JSON.stringify(form));
  } catch {
    // As above.
  }
}

/** Takes over a text that was written for a conversation, when none can be opened. */
export function addToForm(text: string): void {
  if (text === '') return;
  const form = readForm();
  keepForm({ ...form, id: null, text: [form.text, text].filter(Boolean).join('\n') });
}
