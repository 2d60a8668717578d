// Who is acting. The Worker authenticates, the actors receive it as a fact and decide by it.

import * as v from 'valibot';
import { agentIdSchema, departmentIdSchema, visitorIdSchema } from './ids.ts';
import { PERMISSIONS } from './permissions.ts';

export const visitorSchema = v.object({ kind: v.literal('visitor'), visitorId: visitorIdSchema });

export const agentSchema = v.object({
  kind: v.literal('agent'),
  agentId: agentIdSchema,
  /** The name that colleagues and visitors read. */
  name: v.string(),
  departments: v.array(departmentIdSchema),
  permissions: v.array(v.picklist(PERMISSIONS)),
  /** As many conversations as he may serve at a time; null: as many as the workspace says. */
  chatsAtMost: v.nullable(v.number()),
});

export const bySchema = v.variant('kind', [visitorSchema, agentSchema]);

export type VisitorBy = v.InferOutput<typeof visitorSchema>;
export type AgentBy = v.InferOutput<typeof agentSchema>;
export type By = v.InferOutput<typeof bySchema>;

/** The desk itself: its routing and its timers. */
export interface SystemBy {
  readonly kind: 'system';
}
export const SYSTEM: SystemBy = { kind: 'system' };

export const authorSchema = v.variant('kind', [
  v.object({ kind: v.literal('visitor') }),
  v.object({ kind: v.literal('agent'), id: agentIdSchema, name: v.string() }),
  v.object({ kind: v.literal('system') }),
]);
/** Who caused an event, as every audience may know him. */
export type Author = v.InferOutput<typeof authorSchema>;

/** What an audience may be told. `everyone` includes the visitor; `agents` never does. */
export type Audience = 'everyone' | 'agents';

export const audienceOf = (by: By): Audience => (by.kind === 'visitor' ? 'everyone' : 'agents');
