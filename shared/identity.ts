// Who is acting. The Worker authenticates, the actors receive it as a fact and decide by it.

import * as v from 'valibot';
import { agentIdSchema, departmentIdSchema, visitorIdSchema } from './ids.ts';
import { PERMISSIONS } from './permissions.ts';

export const deviceSchema = v.object({
  /** In words, such as `Firefox 145`; null: unknown. */
  browser: v.nullable(v.string()),
  /** In words, such as `Windows`; null: unknown. */
  system: v.nullable(v.string()),
});
export type Device = v.InferOutput<typeof deviceSchema>;

const visitorPrincipalSchema = v.object({
  kind: v.literal('visitor'),
  visitorId: visitorIdSchema,
  /** Epoch milliseconds: until then the visitor counts as human. */
  checkedUntil: v.optional(v.number()),
  /** What their socket comes from. */
  device: v.optional(deviceSchema),
});

const agentPrincipalSchema = v.object({
  kind: v.literal('agent'),
  agentId: agentIdSchema,
  /** The name that colleagues and visitors read. */
  name: v.string(),
  departments: v.array(departmentIdSchema),
  permissions: v.array(v.picklist(PERMISSIONS)),
  /** How many conversations they may serve at a time; null: as many as the workspace says. */
  maxConversations: v.nullable(v.number()),
});

/** Who can have a socket. */
export const connectedPrincipalSchema = v.variant('kind', [
  visitorPrincipalSchema,
  agentPrincipalSchema,
]);

export type VisitorPrincipal = v.InferOutput<typeof visitorPrincipalSchema>;
export type AgentPrincipal = v.InferOutput<typeof agentPrincipalSchema>;
export type ConnectedPrincipal = v.InferOutput<typeof connectedPrincipalSchema>;

/** A messaging platform that says what one of its users wrote. */
export interface ChannelPrincipal {
  readonly kind: 'channel';
  /** Its name, such as `whatsapp`. */
  readonly channel: string;
  /** Whose words it brings. */
  readonly visitorId: VisitorPrincipal['visitorId'];
}

/** A program that an admin has connected, with the permissions that they gave it. */
export interface IntegrationPrincipal {
  readonly kind: 'integration';
  readonly name: string;
  readonly permissions: AgentPrincipal['permissions'];
}

/** Parley itself: its routing and its timers. */
export interface SystemPrincipal {
  readonly kind: 'system';
}
export const SYSTEM: SystemPrincipal = { kind: 'system' };

/** Who gives a command. */
export type Principal =
  ConnectedPrincipal | ChannelPrincipal | IntegrationPrincipal | SystemPrincipal;

export const authorSchema = v.variant('kind', [
  v.object({ kind: v.literal('visitor') }),
  v.object({ kind: v.literal('agent'), id: agentIdSchema, name: v.string() }),
  v.object({ kind: v.literal('integration'), name: v.string() }),
  v.object({ kind: v.literal('system') }),
]);
/** Who caused an event, as every audience may know them. */
export type Author = v.InferOutput<typeof authorSchema>;

/** How the log names who acted. What a platform brings was written by the visitor. */
export function authorOf(by: Principal): Author {
  switch (by.kind) {
    case 'visitor':
    case 'channel':
      return { kind: 'visitor' };
    case 'agent':
      return { kind: 'agent', id: by.agentId, name: by.name };
    case 'integration':
      return { kind: 'integration', name: by.name };
    case 'system':
      return { kind: 'system' };
  }
}

/** Whether they have shown that they are human, or need not. */
export const isChecked = (by: Principal, now: number): boolean =>
  by.kind !== 'visitor' || (by.checkedUntil ?? 0) > now;

/** What an audience may be told. `everyone` includes the visitor; `agents` never does. */
export type Audience = 'everyone' | 'agents';

export const audienceOf = (by: Principal): Audience =>
  by.kind === 'visitor' || by.kind === 'channel' ? 'everyone' : 'agents';
