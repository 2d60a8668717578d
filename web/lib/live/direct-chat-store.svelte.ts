// A direct chat with a colleague, as a page has it.

import {
  directChatEventSchema,
  evolveDirectChat,
  NEW_DIRECT_CHAT,
  type DirectChatCommand,
  type DirectChatEvent,
  type DirectChatState,
} from '#shared/direct-chat/direct-chat.ts';
import type { DirectChatSnapshot } from '#shared/direct-chat/api.ts';
import type { PairId } from '#shared/direct-chat/pair.ts';
import { directChatServerFrame, knownFrame } from '#shared/frames.ts';
import type { LogDefinition } from './log-definition.ts';
import { LogStore, type LogStoreOptions } from './log-store.svelte.ts';

const DEFINITION: LogDefinition<DirectChatState, DirectChatEvent> = {
  initial: NEW_DIRECT_CHAT,
  evolve: evolveDirectChat,
  eventSchema: directChatEventSchema,
  readFrame: (frame) => knownFrame(directChatServerFrame, frame),
};

export type DirectChatStore = LogStore<DirectChatState, DirectChatEvent, DirectChatCommand, PairId>;

/** @param initial what the server rendered, when it did; the socket continues from its `seq` */
export const newDirectChatStore = (
  options: LogStoreOptions<PairId, DirectChatEvent>,
  initial: DirectChatSnapshot | undefined,
): DirectChatStore =>
  new LogStore(options, {
    ...{ definition: DEFINITION, initial },
    isTheirs: (author) => author.kind === 'agent' && author.id !== options.own,
    isReader: (participant) => participant !== options.own,
  });
