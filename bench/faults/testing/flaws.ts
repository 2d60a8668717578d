// What the paper desk can get wrong, one thing at a time, and what its parts say to each other.

import type { Command } from '../client/protocol.ts';

export const FLAWS = [
  'acknowledges before it stores',
  'stores a retry again',
  'resumes one too late',
  'tells visitors what is for agents',
  'tells visitors that they are on hold',
  'lets a stranger listen on',
  'lets a second agent take',
  'lets whoever forwarded it write on',
  'assigns outside the department',
  'leaves a visitor on hold',
  'forgets a conversation that waits',
  'keeps the place of what was forwarded',
  'fills an agent over his limit',
  'resumes beyond the limit',
  'swaps two events for one of the tabs',
  'does not tell one tab the end',
  'changes what was written',
  'answers a retry with another seq',
  'leaves a gap in the log',
  'rewrites what has ended',
  'never answers a command',
] as const;
export type Flaw = (typeof FLAWS)[number];

export interface PaperCaller {
  /** Null: the visitor. */
  readonly agentId: string | null;
}

export type PaperAnswer =
  | { readonly type: 'accepted'; readonly seq: number }
  | { readonly type: 'refused'; readonly refusal: { readonly code: string } };

export const refused = (code: string): PaperAnswer => ({ type: 'refused', refusal: { code } });

export interface Given {
  readonly type: 'command';
  readonly id: string;
  readonly after: number;
  readonly command: Command;
}
