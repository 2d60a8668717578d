// The two colleagues of a direct chat, and the name that both arrive at.

import * as v from 'valibot';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';

/** Two agents' ids in alphabetical order, parted by a colon, which no id contains. */
export const pairIdSchema = v.pipe(v.string(), v.brand('PairId'));
export type PairId = v.InferOutput<typeof pairIdSchema>;

export const pairIdOf = (one: AgentId, other: AgentId): PairId =>
  v.parse(pairIdSchema, [one, other].sort().join(':'));

export const participantsOf = (id: PairId): AgentId[] =>
  v.parse(v.array(agentIdSchema), id.split(':'));
