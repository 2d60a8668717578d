// Who is acting. The Worker authenticates, the actors receive it as a fact and decide by it.

import * as v from 'valibot';
import { agentIdSchema, departmentIdSchema, visitorIdSchema } from './ids.ts';
import { PERMISSIONS } from './settings.ts';

export const visitorSchema = v.object({ kind: v.literal('visitor'), visitorId: visitorIdSchema });

export const agentSchema = v.object({
  kind: v.literal('agent'),
  agentId: agentIdSchema,
  /** The name that colleagues and visitors read. */
  name: v.string(),
  departments: v.array(departmentIdSchema),
  permissions: v.array(v.picklist(PERMISSIONS)),
});

export const bySchema = v.variant('kind', [visitorSchema, agentSchema]);

export type VisitorBy = v.InferOutput<typeof visitorSchema>;
export type AgentBy = v.InferOutput<typeof agentSchema>;
export type By = v.InferOutput<typeof bySchema>;

/** What an audience may be told. `everyone` includes the visitor; `agents` never does. */
export type Audience = 'everyone' | 'agents';

export const audienceOf = (by: By): Audience => (by.kind === 'visitor' ? 'everyone' : 'agents');
