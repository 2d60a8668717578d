// The form as it is filled in: kept at every key, judged when it is sent.

import { EMAIL } from '#shared/api.ts';
import { newLeftMessageId } from '#shared/ids.ts';
import type { VisitorSession } from '../visitor-session.svelte.ts';
import { addToForm, EMPTY_FORM, keepForm, readForm, type Form } from './kept-form.ts';

export type Field = 'name' | 'email' | 'text';
export const FIELDS: readonly Field[] = ['name', 'email', 'text'];

export class LeftForm {
  readonly #session: VisitorSession;
  #form = $state.raw<Form>(EMPTY_FORM);
  #wrong = $state.raw<readonly Field[]>([]);
  #isSending = $state.raw(false);
  /** To whom the answer goes, once the desk has the message. */
  #sent = $state.raw<{ name: string; email: string } | null>(null);

  constructor(session: VisitorSession) {
    this.#session = session;
    addToForm(session.draft);
    session.draft = '';
    this.#form = readForm();
  }

  get form() {
    return this.#form;
  }
  /** Fields that were wrong when it was last sent, and have not been touched since. */
  get wrong() {
    return this.#wrong;
  }
  get isSending() {
    return this.#isSending;
  }
  get sent() {
    return this.#sent;
  }
  /** Characters that the text has too many; none: 0. */
  get over(): number {
    const limit = this.#session.config?.messageCharacters ?? Infinity;
    return Math.max(0, this.#form.text.trim().length - limit);
  }

  fill(field: Field, value: string): void {
    this.#form = { ...this.#form, id: null, [field]: value };
    this.#wrong = this.#wrong.filter((other) => other !== field);
    keepForm(this.#form);
  }

  /** Answers with the first wrong field; null when there is none. */
  async send(): Promise<Field | null> {
    if (this.#isSending) return null;
    const { name, email, text } = this.#form;
    const fields = { name: name.trim(), email: email.trim(), text: text.trim() };
    const isRight = {
      name: fields.name !== '',
      email: EMAIL.test(fields.email),
      text: fields.text !== '' && this.over === 0,
    };
    this.#wrong = FIELDS.filter((field) => !isRight[field]);
    const [first = null] = this.#wrong;
    if (first === null) await this.#deliver(fields);
    return first;
  }

  /** Begins another one. */
  again(): void {
    this.#sent = null;
  }

  async #deliver(fields: Record<Field, string>): Promise<void> {
    const id = this.#form.id ?? newLeftMessageId();
    this.#form = { ...this.#form, id };
    keepForm(this.#form);
    this.#isSending = true;
    const isSent = await this.#session.leave({ id, ...fields });
    this.#isSending = false;
    // What was changed meanwhile is another message.
    if (!isSent || this.#form.id !== id) return;
    this.#sent = { name: fields.name, email: fields.email };
    this.#form = EMPTY_FORM;
    keepForm(EMPTY_FORM);
  }
}
