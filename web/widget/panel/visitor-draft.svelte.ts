// What is in the composer. It is kept at every key, so that it survives a reload, the site's other pages and a
// killed tab, and it is the same in every tab.

import * as v from 'valibot';
import {
  draftSchema,
  finishSending,
  NO_DRAFT,
  startSending,
  type Draft,
  type Sending,
} from '#web/lib/live/draft.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import type { Outbox } from '#web/lib/live/outbox.ts';

const KEY = 'parley-draft';
const storedSchema = v.pipe(v.string(), v.parseJson(), draftSchema);

export class VisitorDraft {
  readonly #storage: Environment['textStorage'];
  #draft = $state.raw<Draft>(NO_DRAFT);
  /** False once the storage has refused a draft, which then lives as long as the page. */
  #isStored = true;

  constructor({ textStorage, onTextStored }: Pick<Environment, 'textStorage' | 'onTextStored'>) {
    this.#storage = textStorage;
    this.#draft = this.#read();
    onTextStored((key) => {
      if (key === KEY) this.#draft = this.#read();
    });
  }

  get text(): string {
    return this.#draft.text;
  }

  write(text: string): void {
    this.#keep({ ...this.#draft, text });
  }

  /** Puts texts that were not delivered in front of what is being written. */
  putBack(texts: readonly string[]): void {
    this.write([...texts, this.text].filter(Boolean).join('\n'));
  }

  /** Names the message that the draft becomes; null when it is blank. The text stays until it is finished. */
  startSending(): Sending | null {
    const sending = startSending(this.#draft);
    if (sending) this.#keep({ ...this.#draft, sending });
    return sending;
  }

  /** The outbox has the message. What another tab has written since is left as it is. */
  finishSending({ id }: Sending): void {
    const draft = this.#isStored ? this.#read() : this.#draft;
    if (draft.sending?.id === id) this.#keep(finishSending(draft));
    else this.#draft = draft;
  }

  /** An earlier page may have gone just after its message had got into the outbox. */
  async check(outbox: Outbox): Promise<void> {
    const { sending } = this.#draft;
    if (!sending) return;
    const kept = await outbox.all();
    if (this.#draft.sending?.id !== sending.id) return;
    if (kept.some(({ id }) => id === sending.id)) this.finishSending(sending);
  }

  #read(): Draft {
    try {
      const stored = v.safeParse(storedSchema, this.#storage().getItem(KEY));
      return stored.success ? stored.output : NO_DRAFT;
    } catch {
      return this.#draft;
    }
  }

  #keep(draft: Draft): void {
    this.#draft = draft;
    try {
      if (draft.text === '') this.#storage().removeItem(KEY);
      else this.#storage().setItem(KEY, JSON.stringify(draft));
      this.#isStored = true;
    } catch {
      this.#isStored = false;
    }
  }
}
