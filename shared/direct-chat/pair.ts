// The two colleagues of a direct chat, and the name that both arrive at.

import * as v from 'valibot';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';

const pairSchema = v.pipe(
  v.string(),
  v.transform((id) => id.split(':')),
  v.strictTuple([agentIdSchema, agentIdSchema]),
);

/** Two agents' ids in alphabetical order, parted by a colon, which no id contains. */
export const pairIdSchema = v.pipe(
  v.string(),
  v.check(isPair, 'the ids of two accounts, in order'),
  v.brand('PairId'),
);
export type PairId = v.InferOutput<typeof pairIdSchema>;

function isPair(id: string): boolean {
  const pair = v.safeParse(pairSchema, id);
  return pair.success && pair.output[0] < pair.output[1];
}

export const pairIdOf = (one: AgentId, other: AgentId): PairId =>
  v.parse(pairIdSchema, [one, other].sort().join(':'));

export const participantsOf = (id: PairId): [AgentId, AgentId] => v.parse(pairSchema, id);

export const isPairId = (id: string): id is PairId => isPair(id);

/** Whom someone of the two talks with there. */
export function colleagueIn(id: PairId, me: AgentId): AgentId {
  const [one, other] = participantsOf(id);
  return one === me ? other : one;
}
