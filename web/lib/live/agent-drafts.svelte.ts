// What an agent has begun to write, wherever it is: as the server has it, and over it what this device
// has not told the server yet.

import { DRAFT_CHARACTERS, withDraft, type AgentState } from '#shared/agent.ts';
import type { AgentId, CommandId } from '#shared/ids.ts';
import type { DraftKey } from '#shared/internal-drafts.ts';
import type { Refusal } from '#shared/refusals.ts';
import { isBlank } from '#shared/text.ts';
import { finishSending, NO_DRAFT, startSending, type Draft, type Sending } from './draft.ts';
import type { TextStorage } from './environment.ts';
import type { Outbox } from './outbox.ts';
import { QuotedMessages } from './quoted-messages.svelte.ts';
import { UnsyncedDrafts, type DraftsByKey } from './unsynced-drafts.ts';

type ServerDrafts = Readonly<Record<DraftKey, string>>;

/** All that the server keeps, of whatever kind. */
export const draftsIn = ({ drafts, internalDrafts }: AgentState): ServerDrafts => ({
  ...drafts,
  ...internalDrafts,
});

/** Tells the server of a draft. Answers with the command's id, or null while there is no connection. */
export type TellDraft = (key: DraftKey, text: string) => CommandId | null;

/** The server is told once the author pauses; a message that is sent before costs no telling. */
const TELL_AFTER_MS = 3_000;

export class AgentDrafts {
  /** What they answer. */
  readonly quotes: QuotedMessages;
  readonly #unsynced: UnsyncedDrafts;
  readonly #tell: TellDraft;
  #onServer = $state.raw<ServerDrafts>({});
  /** The page may be older than what its predecessor has told: only a welcome says what the server has. */
  #isOnServerKnown = false;
  /** Stands over what the server has, until the server has the same. */
  #here = $state.raw<DraftsByKey>({});
  readonly #inFlight = new Map<CommandId, { key: DraftKey; text: string }>();
  /** What the server would not take. */
  #refused = $state.raw<Readonly<Partial<Record<DraftKey, string>>>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    agentId: AgentId,
    initial: ServerDrafts,
    storage: () => TextStorage,
    tell: TellDraft,
  ) {
    this.#unsynced = new UnsyncedDrafts(agentId, storage);
    this.quotes = new QuotedMessages(agentId, storage);
    this.#onServer = initial;
    this.#tell = tell;
  }

  textIn(key: DraftKey): string {
    return this.#here[key]?.text ?? this.#onServer[key] ?? '';
  }

  /** Whether the server does not take the draft: it is on this device alone. */
  isOnlyHere(key: DraftKey): boolean {
    const text = this.textIn(key);
    return text.length > DRAFT_CHARACTERS || this.#refused[key] === text;
  }

  /** Takes up what an earlier page left, except what had got into the outbox. */
  async restore(outbox: Outbox): Promise<void> {
    this.quotes.restore();
    const left = this.#unsynced.all();
    this.#here = { ...left, ...this.#here };
    const sent = new Set((await outbox.all()).map(({ id }) => id));
    for (const key of keysOf(left)) {
      const { text, sending } = this.#here[key] ?? NO_DRAFT;
      if (sending && sent.has(sending.id)) this.finishSending(key);
      else if (sending) this.#put(key, { text, sending: null });
    }
  }

  write(key: DraftKey, text: string): void {
    const sending = this.#here[key]?.sending ?? null;
    this.#put(key, { text, sending });
    clearTimeout(this.#timer);
    if (text === '') this.sync();
    else this.#timer = setTimeout(() => this.sync(), TELL_AFTER_MS);
  }

  /** Names the message that the draft becomes; null when it is blank. The text stays until it is finished. */
  startSending(key: DraftKey): Sending | null {
    const text = this.textIn(key);
    // Another tab may have begun to send the same.
    const { sending } = this.#unsynced.all()[key] ?? this.#here[key] ?? NO_DRAFT;
    const started = startSending({ text, sending });
    if (started) this.#put(key, { text, sending: started });
    return started;
  }

  /** The outbox has the message. What another tab has written since is left as it is. */
  finishSending(key: DraftKey): void {
    const draft = this.#here[key] ?? NO_DRAFT;
    const stored = this.#unsynced.all()[key];
    if (stored && stored.sending?.id !== draft.sending?.id) {
      this.#here = { ...this.#here, [key]: stored };
      return;
    }
    const { text } = finishSending(draft);
    this.#put(key, { text, sending: null });
    this.sync();
  }

  /** Tells the server all that it has not got. */
  sync(): void {
    clearTimeout(this.#timer);
    for (const key of keysOf(this.#here)) {
      const { text = '' } = this.#here[key] ?? NO_DRAFT;
      if (this.isOnlyHere(key)) continue;
      const isNothing = isBlank(text);
      if (isNothing && this.#isOnServerKnown && !this.#onServer[key]) {
        this.#settle(key, text);
        continue;
      }
      const id = this.#tell(key, text);
      if (id) this.#inFlight.set(id, { key, text });
    }
  }

  /** Over a new connection nothing has been told. */
  begin(onServer: ServerDrafts): void {
    this.#onServer = onServer;
    this.#isOnServerKnown = true;
    this.#refused = {};
    this.#inFlight.clear();
    this.sync();
  }

  /** What the server has now, be it from another device. */
  hear(key: DraftKey, text: string): void {
    this.#onServer = withDraft(this.#onServer, key, text);
  }

  accepted(id: CommandId): void {
    const told = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    if (!told) return;
    this.hear(told.key, told.text);
    this.#settle(told.key, told.text);
  }

  /** It stays on this device. */
  refused(id: CommandId, { code, details }: Refusal): void {
    const told = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    if (code === 'rate.limited') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.sync(), details.seconds * 1000);
    } else if (told) this.#refused = { ...this.#refused, [told.key]: told.text };
  }

  close(): void {
    this.sync();
    clearTimeout(this.#timer);
  }

  #put(key: DraftKey, draft: Draft): void {
    this.#here = { ...this.#here, [key]: draft };
    this.#unsynced.put(key, draft);
  }

  /** The server has this text. What was written since, or is being sent, is still only here. */
  #settle(key: DraftKey, text: string): void {
    const { [key]: draft, ...others } = this.#here;
    if (draft?.text !== text || draft.sending) return;
    this.#here = others;
    this.#unsynced.remove(key, text);
  }
}

/** The schema has parsed the keys. */
const keysOf = (drafts: DraftsByKey) => Object.keys(drafts) as DraftKey[];
