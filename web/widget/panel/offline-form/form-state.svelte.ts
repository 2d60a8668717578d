// The form as it is filled in: kept at every key, checked when it is sent.

import { EMAIL } from '#shared/api.ts';
import { newOfflineMessageId } from '#shared/ids.ts';
import { isBlank } from '#shared/text.ts';
import type { VisitorSession } from '../visitor-session.svelte.ts';
import { addToForm, EMPTY_FORM, keepForm, readForm, type Form } from '../kept-form.ts';

export type Field = 'name' | 'email' | 'text';
export const FIELDS: readonly Field[] = ['name', 'email', 'text'];

export class FormState {
  readonly #session: VisitorSession;
  #values = $state.raw<Form>(EMPTY_FORM);
  #wrong = $state.raw<readonly Field[]>([]);
  #isSending = $state.raw(false);
  /** Who gets the answer, once the server has the message. */
  #sent = $state.raw<{ name: string; email: string } | null>(null);

  constructor(session: VisitorSession) {
    this.#session = session;
    addToForm(session.draft.text);
    session.draft.write('');
    this.#values = readForm();
    this.#session.isFillingIn = this.#values !== EMPTY_FORM;
  }

  get values() {
    return this.#values;
  }
  /** Fields that were wrong when the form was last sent, and have not changed since. */
  get wrong() {
    return this.#wrong;
  }
  get isSending() {
    return this.#isSending;
  }
  get sent() {
    return this.#sent;
  }
  /** By how many characters the text is too long. */
  get over(): number {
    const limit = this.#session.config?.messageCharacters ?? Infinity;
    return Math.max(0, this.#values.text.trim().length - limit);
  }

  fill(field: Field, value: string): void {
    this.#values = { ...this.#values, id: null, [field]: value };
    this.#wrong = this.#wrong.filter((other) => other !== field);
    this.#session.isFillingIn = true;
    keepForm(this.#values);
  }

  /** Answers with the first wrong field; null when there is none. */
  async send(): Promise<Field | null> {
    if (this.#isSending) return null;
    const { name, email, text } = this.#values;
    const fields = { name: name.trim(), email: email.trim(), text: text.trim() };
    const isRight = {
      name: !isBlank(fields.name),
      email: EMAIL.test(fields.email),
      text: !isBlank(fields.text) && this.over === 0,
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

  async #send(message: Parameters<VisitorSession['sendOfflineMessage']>[0]): Promise<boolean> {
    this.#isSending = true;
    try {
      return await this.#session.sendOfflineMessage(message);
    } finally {
      this.#isSending = false;
    }
  }

  async #deliver(fields: Record<Field, string>): Promise<void> {
    const id = this.#values.id ?? newOfflineMessageId();
    this.#values = { ...this.#values, id };
    keepForm(this.#values);
    const isSent = await this.#send({ id, ...fields });
    if (!isSent && !this.#session.isTurnedAway) return this.#moveToComposer(fields.text);
    // A form that has changed meanwhile is another message.
    if (!isSent || this.#values.id !== id) return;
    this.#sent = { name: fields.name, email: fields.email };
    this.#values = EMPTY_FORM;
    this.#session.isFillingIn = false;
    keepForm(EMPTY_FORM);
  }

  /** What could not be left as a message begins a conversation. */
  #moveToComposer(text: string): void {
    this.#session.isFillingIn = false;
    this.#session.draft.putBack([text]);
    this.#values = { ...this.#values, id: null, text: '' };
    keepForm(this.#values);
  }
}
