// The signed-in agent, live: his availability, the conversations he serves, and what he has begun to write.

import type * as v from 'valibot';
import {
  agentEventSchema,
  evolveAgent,
  type AgentCommand,
  type AgentState,
} from '#shared/agent.ts';
import type { Availability } from '#shared/department.ts';
import { agentServerFrame, known, knownFrame, PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import { browserEnvironment, type Environment } from './environment.ts';
import { UnsyncedDrafts } from './unsynced-drafts.ts';

/** A draft is told once its author pauses; one that is sent before costs nothing. */
const SYNC_DRAFT_AFTER_MS = 3_000;

export class AgentStore {
  readonly #connection: Connection;
  readonly #environment: Environment;
  #state: AgentState = $state.raw()!;
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  /** What he chose and the server has not confirmed yet. */
  #chosen = $state.raw<Availability | null>(null);
  readonly #unsynced: UnsyncedDrafts;
  /** Drafts as the desk has them. */
  #serverDrafts: AgentState['drafts'];
  /** Drafts on their way, by the command that tells them. */
  readonly #inFlight = new Map<CommandId, [ConversationId, string]>();
  #stopLeaving = (): void => {};
  #draftTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param origin of the desk, absolute */
  constructor(initial: AgentState, origin: string, environment: Environment = browserEnvironment) {
    this.#environment = environment;
    this.#state = initial;
    this.#serverDrafts = initial.drafts;
    this.#unsynced = new UnsyncedDrafts(initial.agentId, environment.textStorage);
    this.#connection = new Connection({
      url: `${origin}/ws/agents/me`,
      protocols: [SUBPROTOCOL],
      environment,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: null }),
      onFrame: (frame) => this.#receive(knownFrame(agentServerFrame, frame)),
      onStatus: (status, closeCode) => {
        this.#status = status;
        this.#closeCode = closeCode;
      },
    });
  }

  get availability() {
    return this.#chosen ?? this.#state.availability;
  }
  /** His conversations, in the order in which he got them. */
  get slots() {
    return this.#state.slots;
  }
  get status() {
    return this.#status;
  }
  get closeCode() {
    return this.#closeCode;
  }

  /** Only in a browser; until then the store shows what it was made with. */
  connect(): void {
    this.#recallDrafts();
    this.#stopLeaving = this.#environment.onLeave(() => this.#leave());
    this.#connection.connect();
  }

  draftOf(conversationId: ConversationId): string {
    return this.#state.drafts[conversationId] ?? '';
  }

  keepDraft(conversationId: ConversationId, text: string): void {
    this.#state = evolveAgent(this.#state, { type: 'draft.kept', conversationId, text });
    this.#unsynced.put(conversationId, text);
    clearTimeout(this.#draftTimer);
    if (text === '') this.#syncDrafts();
    else this.#draftTimer = setTimeout(() => this.#syncDrafts(), SYNC_DRAFT_AFTER_MS);
  }

  setAvailability(availability: Availability): void {
    this.#chosen = availability;
    this.#sendChosen();
  }

  close(): void {
    this.#syncDrafts();
    clearTimeout(this.#draftTimer);
    this.#stopLeaving();
    this.#connection.close();
  }

  #sendChosen(): void {
    if (this.#chosen) this.#command({ type: 'availability.set', availability: this.#chosen });
  }

  #syncDrafts(): void {
    for (const [conversationId, text] of this.#unsynced.all()) {
      if (text.trim() === '' && !this.#serverDrafts[conversationId]) {
        this.#unsynced.acknowledge(conversationId, text);
        continue;
      }
      const id = this.#command({ type: 'draft.keep', conversationId, text });
      if (id) this.#inFlight.set(id, [conversationId, text]);
    }
  }

  /** A page that goes hears no answer; what was handed to an open line is taken for told. */
  #leave(): void {
    this.#syncDrafts();
    for (const told of this.#inFlight.values()) this.#unsynced.acknowledge(...told);
  }

  /** What the desk has not got yet stands over what it has. */
  #recallDrafts(): void {
    this.#state = this.#unsynced
      .all()
      .map(([conversationId, text]) => ({ type: 'draft.kept' as const, conversationId, text }))
      .reduce(evolveAgent, this.#state);
  }

  /** Null when no line is open. */
  #command(command: AgentCommand): CommandId | null {
    const id = newCommandId();
    return this.#connection.send({ type: 'command', id, after: 0, command }) ? id : null;
  }

  #receive(frame: v.InferOutput<typeof agentServerFrame> | null): void {
    if (!frame) return;
    switch (frame.type) {
      case 'welcome':
        this.#state = frame.state;
        this.#serverDrafts = frame.state.drafts;
        this.#inFlight.clear();
        this.#recallDrafts();
        this.#sendChosen();
        this.#syncDrafts();
        return;
      case 'events':
        this.#state = known(agentEventSchema, frame.events).reduce(evolveAgent, this.#state);
        if (this.#state.availability === this.#chosen) this.#chosen = null;
        return;
      case 'refused':
        this.#chosen = null;
        return;
      case 'accepted': {
        const told = this.#inFlight.get(frame.id);
        this.#inFlight.delete(frame.id);
        if (!told) return;
        this.#unsynced.acknowledge(...told);
        this.#serverDrafts = { ...this.#serverDrafts, [told[0]]: told[1] };
      }
    }
  }
}
