// What the checker finds: which promise was broken, where, and the lines of the history that show it.

export const PROMISES = {
  stored: 'acknowledged is stored exactly once',
  order: 'the same gapless order for all',
  invented: 'nothing is invented',
  audience: 'every audience hears only what it may',
  lifecycle: 'in one queue, with one agent, or closed',
  capacity: 'no agent over their limit',
  standing: 'what was told as sent stands in every thread',
  server: 'queues, slots and index agree with the conversations',
  answered: 'every command is answered, and nobody is turned away',
} as const;
export type Promised = keyof typeof PROMISES;

export interface Violation {
  readonly promise: Promised;
  readonly conversationId: string;
  readonly what: string;
  /** As few lines as show it. */
  readonly history: readonly string[];
}
