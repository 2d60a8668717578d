// What is measured side by side: conversations of two, over whichever server.

import type { Server } from './servers/server.ts';

/** One end of a conversation. */
export interface Talker {
  /** Called with each text of the other side, once, as it arrives. */
  onText: (text: string) => void;
  say(text: string): void;
  /** Loses the connection. */
  drop(): void;
  /** For good. */
  leave(): void;
  /** After a pause, as often as needed; resolves with a connection and all that was missed. */
  comeBack(): Promise<void>;
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
