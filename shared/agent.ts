// An agent: his availability, and the places his conversations take. His workspace tabs see it live.

import * as v from 'valibot';
import { AVAILABILITIES } from './department.ts';
import { agentIdSchema, conversationIdSchema } from './ids.ts';

export const agentCommandSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('availability.set'),
    availability: v.picklist(AVAILABILITIES),
  }),
]);
export type AgentCommand = v.InferOutput<typeof agentCommandSchema>;

export const agentEventSchema = v.variant('type', [
  v.object({
    type: v.literal('availability.changed'),
    availability: v.picklist(AVAILABILITIES),
  }),
  v.object({ type: v.literal('place.held'), conversationId: conversationIdSchema }),
  v.object({ type: v.literal('place.released'), conversationId: conversationIdSchema }),
]);
export type AgentEvent = v.InferOutput<typeof agentEventSchema>;

export const agentStateSchema = v.object({
  agentId: agentIdSchema,
  availability: v.picklist(AVAILABILITIES),
  /** The conversations he serves, in the order he took them. */
  held: v.array(conversationIdSchema),
});
export type AgentState = v.InferOutput<typeof agentStateSchema>;

export function evolveAgent(state: AgentState, event: AgentEvent): AgentState {
  switch (event.type) {
    case 'availability.changed':
      return { ...state, availability: event.availability };
    case 'place.held':
      if (state.held.includes(event.conversationId)) return state;
      return { ...state, held: [...state.held, event.conversationId] };
    case 'place.released':
      return { ...state, held: state.held.filter((id) => id !== event.conversationId) };
  }
}
