// What is measured side by side: conversations of two, over whichever server.

import type { Server } from './servers/server.ts';

/** One end of a conversation. */
export interface Talker {
  /** Called with each text of the other side, once. */
  onText: (text: string) => void;
  say(text: string): void;
  /** Cuts the line from this side. */
  drop(): void;
  /** One try to come back, with all that was missed; rejects when it failed. */
  resume(): Promise<void>;
}

export interface Talk {
  readonly visitor: Talker;
  readonly agent: Talker;
}

export interface Contender {
  readonly name: string;
  readonly server: Server;
  /** A new conversation in which both can write. */
  talk(): Promise<Talk>;
}

export const talkersOf = (talks: readonly Talk[]): Talker[] =>
  talks.flatMap(({ visitor, agent }) => [visitor, agent]);
