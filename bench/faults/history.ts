// What is written down of a run, and judged afterwards: every command, and every step of every tab.

import type { Command, ConversationState, LogEvent } from './check/protocol.ts';

/** Who acts or reads: `visitor`, an agent's id, or Parley itself as `system`. */
export type Person = 'visitor' | 'system' | (string & {});
export type Audience = 'everyone' | 'agents';

export interface CommandRecord {
  readonly id: string;
  readonly after: number;
  readonly command: Command;
  readonly by: Person;
  /** The name of the tab that minted it. */
  readonly tab: string;
  /** How often it was sent. */
  sent: number;
  /** The `seq` of each `accepted`. */
  readonly accepted: number[];
  readonly refused: string[];
  /** An event with its id has come to its author. */
  heard: boolean;
  /** Its page was reloaded before the answer came, and nobody waits for one any more. */
  abandoned: boolean;
}

export type Step =
  | {
      readonly kind: 'welcome';
      readonly since: number | null;
      readonly reset: boolean;
      readonly seq: number;
      readonly state: ConversationState;
      readonly events: readonly LogEvent[];
    }
  | { readonly kind: 'events'; readonly upTo: number; readonly events: readonly LogEvent[] }
  /** The page begins, or is reloaded: it knows what the server has rendered up to `since`, and its outbox. */
  | { readonly kind: 'begin'; readonly since: number | null };

export interface TabRecord {
  readonly name: string;
  readonly person: Person;
  readonly audience: Audience;
  readonly steps: Step[];
  /** Frames that carried what is for agents only. */
  readonly leaks: string[];
  /** The events that the page showed at last. */
  thread: readonly { readonly seq: number; readonly id: string }[];
  /** The status that it showed at last. */
  status: ConversationState['status'];
  /** The last `seq` that it knew. */
  seq: number;
  /** By the machine's clock, in epoch milliseconds; null while it is there. */
  leftAt: number | null;
  /** Left before the end on purpose, so its thread may be shorter. */
  leftEarly: boolean;
  /** Waited in vain for the rest of the log. */
  gaveUp: boolean;
  turnedAway: number | null;
}

export interface ConversationHistory {
  readonly id: string;
  readonly visitorId: string;
  readonly departmentId: string;
  readonly commands: CommandRecord[];
  readonly tabs: TabRecord[];
}

export type Histories = Map<string, ConversationHistory>;

export function newTab(name: string, person: Person): TabRecord {
  return {
    name,
    person,
    audience: person === 'visitor' ? 'everyone' : 'agents',
    steps: [],
    leaks: [],
    thread: [],
    status: 'new',
    seq: 0,
    leftAt: null,
    leftEarly: false,
    gaveUp: false,
    turnedAway: null,
  };
}

/** Comments and topics begin with it, so that a leak shows wherever it hides in a frame. */
export const SECRET = 'FOR-AGENTS-ONLY';

export const isAnswered = ({ accepted, refused, heard }: CommandRecord): boolean =>
  heard || accepted.length + refused.length > 0;
