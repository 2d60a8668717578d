// The contact of the conversation that is open, as the panel shows and changes them.

import type { Contact, ContactChanges } from '#shared/contact/contact.ts';
import type { Refusal } from '#shared/refusals.ts';
import {
  changeContact,
  fetchContact,
  setContactBlocked,
  type ContactAddress,
} from '#web/lib/live/contact-requests.ts';

/** Why there is nothing to show; `offline`: the server was not reached. */
export type ContactProblem = Refusal | 'offline';

export class ContactInfo {
  readonly #address: ContactAddress;
  #contact = $state.raw<Contact | null>(null);
  #problem = $state.raw<ContactProblem | null>(null);
  #isSaving = $state.raw(false);

  constructor(address: ContactAddress) {
    this.#address = address;
  }

  get address(): ContactAddress {
    return this.#address;
  }
  /** Null until they are known. */
  get contact(): Contact | null {
    return this.#contact;
  }
  /** Why they are not known. */
  get problem(): ContactProblem | null {
    return this.#problem;
  }
  get isSaving(): boolean {
    return this.#isSaving;
  }

  async load(): Promise<void> {
    this.#problem = await this.#ask(async () => {
      const outcome = await fetchContact(this.#address);
      if (!outcome.ok) return outcome.refusal;
      this.#contact = outcome.value;
      return null;
    });
  }

  /** Answers with what went wrong; null: nothing. */
  save(changes: ContactChanges): Promise<ContactProblem | null> {
    return this.#saving(async () => {
      const outcome = await changeContact(this.#address, changes);
      if (!outcome.ok) return outcome.refusal;
      this.#contact = outcome.value;
      return null;
    });
  }

  setBlocked(isBlocked: boolean): Promise<ContactProblem | null> {
    return this.#saving(async () => {
      const outcome = await setContactBlocked(this.#address, isBlocked);
      if (!outcome.ok) return outcome.refusal;
      await this.load();
      return null;
    });
  }

  async #saving(work: () => Promise<Refusal | null>): Promise<ContactProblem | null> {
    if (this.#isSaving) return null;
    this.#isSaving = true;
    try {
      return await this.#ask(work);
    } finally {
      this.#isSaving = false;
    }
  }

  async #ask(work: () => Promise<Refusal | null>): Promise<ContactProblem | null> {
    try {
      return await work();
    } catch {
      return 'offline';
    }
  }
}
