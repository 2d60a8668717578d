// What the visitor has filled in to leave a message: kept until the desk has it, across reloads and pages.

import * as v from 'valibot';
import { leftMessageIdSchema } from '#shared/ids.ts';

const formSchema = v.object({
  /** Minted when it is sent; what is changed after that is another message. */
  id: v.nullable(leftMessageIdSchema),
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
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
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
    if (form === EMPTY_FORM) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(form));
  } catch {
    // Told above.
  }
}

/** What was meant for a conversation that there is none to have. */
export function addToForm(text: string): void {
  if (text === '') return;
  const form = readForm();
  keepForm({ ...form, id: null, text: [form.text, text].filter(Boolean).join('\n') });
}
