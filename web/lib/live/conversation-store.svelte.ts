// A conversation as a page has it. Visitors and agents use the same.

import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { conversationEventSchema, type ConversationEvent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import {
  serverSignalSchema,
  type PresenceSignal,
  type QueuePosition,
} from '#shared/conversation/signals.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation/state.ts';
import { conversationServerFrame, known, knownFrame } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { LogDefinition } from './log-definition.ts';
import { LogStore, type LogStoreOptions } from './log-store.svelte.ts';

export interface ConversationStoreOptions extends Omit<
  LogStoreOptions<ConversationId, ConversationEvent>,
  'id'
> {
  conversationId: ConversationId;
  /** What the server rendered, when it did; the socket continues from its `seq`. */
  initial?: ConversationSnapshot | undefined;
  /** Said after each welcome: who is there the server forgets with the socket. */
  presence?: () => PresenceSignal | null;
  /** What is signalled beside what every reader is told. */
  onSignal?: (signal: unknown) => void;
}

const DEFINITION: LogDefinition<ConversationState, ConversationEvent> = {
  initial: NEW_CONVERSATION,
  evolve,
  eventSchema: conversationEventSchema,
  readFrame: (frame) => knownFrame(conversationServerFrame, frame),
};

export class ConversationStore extends LogStore<
  ConversationState,
  ConversationEvent,
  ConversationCommand,
  ConversationId
> {
  readonly #presence: () => PresenceSignal | null;
  #queuePosition = $state.raw<(QueuePosition & { toldAt: number }) | null>(null);

  constructor(given: ConversationStoreOptions) {
    const { conversationId, initial, presence, onSignal, ...options } = given;
    const isVisitor = options.own === 'visitor';
    super(
      { id: conversationId, ...options },
      {
        ...{ definition: DEFINITION, initial },
        isTheirs: ({ kind }) => (kind === 'visitor') !== isVisitor,
        isReader: (one) => (one === 'visitor') !== isVisitor,
        onSignal: (signal) => {
          this.#hear(signal);
          onSignal?.(signal);
        },
        onWelcome: () => this.sayPresence(),
        // One that comes back to the queue is elsewhere in it.
        onState: () => {
          if (this.state.status !== 'queued') this.#queuePosition = null;
        },
      },
    );
    this.#presence = presence ?? (() => null);
  }

  /** In the queue; null while it is not known, or there is none. */
  get queuePosition() {
    return this.state.status === 'queued' ? this.#queuePosition : null;
  }

  /** Who is here, or where, has changed. */
  sayPresence(signal: PresenceSignal | null = this.#presence()): void {
    if (signal) this.signal(signal);
  }

  #hear(told: unknown): void {
    const [signal] = known(serverSignalSchema, [told]);
    if (signal?.type === 'queue') {
      this.#queuePosition = { ...signal.position, toldAt: Date.now() };
    }
  }
}
