// Parley itself, as one that has a direct chat with every agent: it brings what they have asked for.

import * as v from 'valibot';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';

/** No account has this id: those are made at random. */
export const BOT = { id: v.parse(agentIdSchema, 'parley'), name: 'Parley' } as const;

export const isBot = (id: AgentId): boolean => id === BOT.id;
