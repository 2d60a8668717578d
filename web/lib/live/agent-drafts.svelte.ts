// What an agent has begun to write, in every conversation: as the server has it, and over it what this device
// has not told the server yet.

import { DRAFT_CHARACTERS, type AgentState } from '#shared/agent.ts';
import type { AgentId, CommandId, ConversationId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import { isBlank } from '#shared/text.ts';
import { finishSending, NO_DRAFT, startSending, type Draft, type Sending } from './draft.ts';
import type { TextStorage } from './environment.ts';
import type { Outbox } from './outbox.ts';
import { UnsyncedDrafts, type DraftsByConversation } from './unsynced-drafts.ts';

type ServerDrafts = AgentState['drafts'];

/** Tells the server of a draft. Answers with the command's id, or null while there is no connection. */
export type TellDraft = (conversationId: ConversationId, text: string) => CommandId | null;

/** The server is told once the author pauses; a message that is sent before costs no telling. */
const TELL_AFTER_MS = 3_000;

export class AgentDrafts {
  readonly #unsynced: UnsyncedDrafts;
  readonly #tell: TellDraft;
  #onServer = $state.raw<ServerDrafts>({});
  /** The page may be older than what its predecessor has told: only a welcome says what the server has. */
  #isOnServerKnown = false;
  /** Stands over what the server has, until the server has the same. */
  #here = $state.raw<DraftsByConversation>({});
  readonly #inFlight = new Map<CommandId, { conversationId: ConversationId; text: string }>();
  /** What the server would not take, by conversation. */
  #refused = $state.raw<Readonly<Partial<Record<ConversationId, string>>>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    agentId: AgentId,
    initial: ServerDrafts,
    storage: () => TextStorage,
    tell: TellDraft,
  ) {
    this.#unsynced = new UnsyncedDrafts(agentId, storage);
    this.#onServer = initial;
    this.#tell = tell;
  }

  textIn(conversationId: ConversationId): string {
    return this.#here[conversationId]?.text ?? this.#onServer[conversationId] ?? '';
  }

  /** Whether the server does not take the draft: it is on this device alone. */
  isOnlyHere(conversationId: ConversationId): boolean {
    const text = this.textIn(conversationId);
    return text.length > DRAFT_CHARACTERS || this.#refused[conversationId] === text;
  }

  /** Takes up what an earlier page left, except what had got into the outbox. */
  async restore(outbox: Outbox): Promise<void> {
    const left = this.#unsynced.all();
    this.#here = { ...left, ...this.#here };
    const sent = new Set((await outbox.all()).map(({ id }) => id));
    for (const conversationId of idsOf(left)) {
      const { text, sending } = this.#here[conversationId] ?? NO_DRAFT;
      if (sending && sent.has(sending.id)) this.finishSending(conversationId);
      else if (sending) this.#put(conversationId, { text, sending: null });
    }
  }

  write(conversationId: ConversationId, text: string): void {
    const sending = this.#here[conversationId]?.sending ?? null;
    this.#put(conversationId, { text, sending });
    clearTimeout(this.#timer);
    if (text === '') this.sync();
    else this.#timer = setTimeout(() => this.sync(), TELL_AFTER_MS);
  }

  /** Names the message that the draft becomes; null when it is blank. The text stays until it is finished. */
  startSending(conversationId: ConversationId): Sending | null {
    const text = this.textIn(conversationId);
    // Another tab may have begun to send the same.
    const { sending } =
      this.#unsynced.all()[conversationId] ?? this.#here[conversationId] ?? NO_DRAFT;
    const started = startSending({ text, sending });
    if (started) this.#put(conversationId, { text, sending: started });
    return started;
  }

  /** The outbox has the message. What another tab has written since is left as it is. */
  finishSending(conversationId: ConversationId): void {
    const draft = this.#here[conversationId] ?? NO_DRAFT;
    const stored = this.#unsynced.all()[conversationId];
    if (stored && stored.sending?.id !== draft.sending?.id) {
      this.#here = { ...this.#here, [conversationId]: stored };
      return;
    }
    const { text } = finishSending(draft);
    this.#put(conversationId, { text, sending: null });
    this.sync();
  }

  /** Tells the server all that it has not got. */
  sync(): void {
    clearTimeout(this.#timer);
    for (const conversationId of idsOf(this.#here)) {
      const { text = '' } = this.#here[conversationId] ?? NO_DRAFT;
      if (this.isOnlyHere(conversationId)) continue;
      const isNothing = isBlank(text);
      if (isNothing && this.#isOnServerKnown && !this.#onServer[conversationId]) {
        this.#settle(conversationId, text);
        continue;
      }
      const id = this.#tell(conversationId, text);
      if (id) this.#inFlight.set(id, { conversationId, text });
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
  hear(conversationId: ConversationId, text: string): void {
    const { [conversationId]: _, ...others } = this.#onServer;
    this.#onServer = isBlank(text) ? others : { ...others, [conversationId]: text };
  }

  accepted(id: CommandId): void {
    const told = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    if (!told) return;
    this.hear(told.conversationId, told.text);
    this.#settle(told.conversationId, told.text);
  }

  /** It stays on this device. */
  refused(id: CommandId, { code, details }: Refusal): void {
    const told = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    if (code === 'rate.limited') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.sync(), details.seconds * 1000);
    } else if (told) this.#refused = { ...this.#refused, [told.conversationId]: told.text };
  }

  close(): void {
    this.sync();
    clearTimeout(this.#timer);
  }

  #put(conversationId: ConversationId, draft: Draft): void {
    this.#here = { ...this.#here, [conversationId]: draft };
    this.#unsynced.put(conversationId, draft);
  }

  /** The server has this text. What was written since, or is being sent, is still only here. */
  #settle(conversationId: ConversationId, text: string): void {
    const { [conversationId]: draft, ...others } = this.#here;
    if (draft?.text !== text || draft.sending) return;
    this.#here = others;
    this.#unsynced.remove(conversationId, text);
  }
}

/** The schema has parsed the keys. */
const idsOf = (drafts: DraftsByConversation) => Object.keys(drafts) as ConversationId[];
