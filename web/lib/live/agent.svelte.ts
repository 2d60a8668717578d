// The signed-in agent, live: his availability, the conversations he serves, and what he has begun to write.

import * as v from 'valibot';
import { evolveAgent, type AgentCommand, type AgentState } from '#shared/agent.ts';
import type { Availability } from '#shared/department.ts';
import { agentServerFrame, PROTOCOL, SUBPROTOCOL, type AgentServerFrame } from '#shared/frames.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import { UnsaidDrafts } from './unsaid-drafts.ts';

/** A draft is told once its author pauses; one that is sent before costs nothing. */
const DRAFT_SAID_AFTER_MS = 3_000;

export class LiveAgent {
  readonly #connection: Connection;
  #state: AgentState = $state.raw()!;
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  /** What he chose and the server has not confirmed yet. */
  #chosen = $state.raw<Availability | null>(null);
  readonly #unsaid: UnsaidDrafts;
  /** Drafts as the desk has them. */
  #atDesk: AgentState['drafts'];
  /** Drafts on their way, by the command that tells them. */
  readonly #telling = new Map<CommandId, [ConversationId, string]>();
  #draftTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param origin of the desk, absolute */
  constructor(initial: AgentState, origin: string) {
    this.#state = initial;
    this.#atDesk = initial.drafts;
    this.#unsaid = new UnsaidDrafts(initial.agentId);
    this.#connection = new Connection({
      url: `${origin}/ws/agents/me`,
      protocols: [SUBPROTOCOL],
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: null }),
      onFrame: (frame) => this.#receive(v.parse(agentServerFrame, frame)),
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
  get places() {
    return this.#state.places;
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
    addEventListener('pagehide', this.#leave);
    this.#connection.connect();
  }

  draftOf(conversationId: ConversationId): string {
    return this.#state.drafts[conversationId] ?? '';
  }

  keepDraft(conversationId: ConversationId, text: string): void {
    this.#state = evolveAgent(this.#state, { type: 'draft.kept', conversationId, text });
    this.#unsaid.put(conversationId, text);
    clearTimeout(this.#draftTimer);
    if (text === '') this.#tellDrafts();
    else this.#draftTimer = setTimeout(() => this.#tellDrafts(), DRAFT_SAID_AFTER_MS);
  }

  setAvailability(availability: Availability): void {
    this.#chosen = availability;
    this.#sendChosen();
  }

  close(): void {
    this.#tellDrafts();
    clearTimeout(this.#draftTimer);
    removeEventListener('pagehide', this.#leave);
    this.#connection.close();
  }

  #sendChosen(): void {
    if (this.#chosen) this.#command({ type: 'availability.set', availability: this.#chosen });
  }

  #tellDrafts(): void {
    for (const [conversationId, text] of this.#unsaid.all()) {
      if (text.trim() === '' && !this.#atDesk[conversationId]) {
        this.#unsaid.said(conversationId, text);
        continue;
      }
      const id = this.#command({ type: 'draft.keep', conversationId, text });
      if (id) this.#telling.set(id, [conversationId, text]);
    }
  }

  /** A page that goes hears no answer; what was handed to an open line is taken for told. */
  #leave = (): void => {
    this.#tellDrafts();
    for (const told of this.#telling.values()) this.#unsaid.said(...told);
  };

  /** What the desk has not got yet stands over what it has. */
  #recallDrafts(): void {
    this.#state = this.#unsaid
      .all()
      .map(([conversationId, text]) => ({ type: 'draft.kept' as const, conversationId, text }))
      .reduce(evolveAgent, this.#state);
  }

  /** Null when no line is open. */
  #command(command: AgentCommand): CommandId | null {
    const id = newCommandId();
    return this.#connection.send({ type: 'command', id, after: 0, command }) ? id : null;
  }

  #receive(frame: AgentServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.#state = frame.state;
        this.#atDesk = frame.state.drafts;
        this.#telling.clear();
        this.#recallDrafts();
        this.#sendChosen();
        this.#tellDrafts();
        return;
      case 'events':
        this.#state = frame.events.reduce(evolveAgent, this.#state);
        if (this.#state.availability === this.#chosen) this.#chosen = null;
        return;
      case 'refused':
        this.#chosen = null;
        return;
      case 'accepted': {
        const told = this.#telling.get(frame.id);
        this.#telling.delete(frame.id);
        if (!told) return;
        this.#unsaid.said(...told);
        this.#atDesk = { ...this.#atDesk, [told[0]]: told[1] };
      }
    }
  }
}
