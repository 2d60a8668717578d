// The wire protocol of every socket: envelopes, protocol version, close codes. docs/protocol.md tells
// the same in prose.

import * as v from 'valibot';
import { agentCommandSchema, agentEventSchema, agentStateSchema } from './agent.ts';
import { conversationCommandSchema } from './conversation/commands.ts';
import { conversationEventSchema } from './conversation/events.ts';
import { conversationNoticeSchema, conversationSignalSchema } from './conversation/signals.ts';
import { conversationSnapshotSchema } from './conversation/snapshot.ts';
import { departmentEventSchema, departmentStateSchema } from './department.ts';
import { commandIdSchema } from './ids.ts';
import { refusalSchema } from './refusals.ts';

export const PROTOCOL = 1;
/** The subprotocol that the server speaks. A visitor's client offers a second: `token.<token>`. */
export const SUBPROTOCOL = 'parley';
export const TOKEN_SUBPROTOCOL_PREFIX = 'token.';

/** A frame of the client's, in UTF-8 bytes, at most. */
export const FRAME_BYTES = 64 * 1024;

/** Answered by the platform without waking the actor. */
export const PING = 'ping';
export const PONG = 'pong';

export const CLOSE_CODES = {
  /** The socket said something that is not of this protocol, and goes on doing so. */
  malformed: 4400,
  /** The session or the visitor's token is missing or over: sign in, or get a token, then reconnect. */
  unauthenticated: 4401,
  /** Nothing at this address is yours to see. */
  forbidden: 4403,
  /** Requests from this origin are not allowed. */
  origin: 4406,
  /** What this socket may see is looked up anew: reconnect. */
  renew: 4408,
  /** No ping has come for minutes, so the line is taken for dead: reconnect. */
  silent: 4409,
  /** The client is too old: reload the page. */
  outdated: 4426,
} as const;

/** Malformed frames that a socket is forgiven. One more closes it with {@link CLOSE_CODES.malformed}. */
export const FORGIVEN_FRAMES = 20;

const seqSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

const helloSchema = v.strictObject({
  type: v.literal('hello'),
  protocol: v.number(),
  /** The last `seq` the client has; null when it has nothing, or where the stream is not a log. */
  since: v.nullable(seqSchema),
});

const commandFrame = <const C extends v.GenericSchema>(command: C) =>
  v.strictObject({
    type: v.literal('command'),
    id: commandIdSchema,
    /** The last `seq` the client had when it minted `id`. A retry repeats it unchanged. */
    after: seqSchema,
    command,
  });

const acceptedSchema = v.object({
  type: v.literal('accepted'),
  id: commandIdSchema,
  /** Of the command's last event: it and all before it are stored. */
  seq: v.number(),
});

const refusedSchema = v.object({
  type: v.literal('refused'),
  /** Null when the frame was too broken to tell. */
  id: v.nullable(commandIdSchema),
  refusal: refusalSchema,
  /** The refusal in English, for whoever has no catalogue. */
  sentence: v.string(),
});
export type AcceptedFrame = v.InferOutput<typeof acceptedSchema>;
export type RefusedFrame = v.InferOutput<typeof refusedSchema>;

// --- /ws/conversations/:id

export const conversationClientFrame = v.variant('type', [
  helloSchema,
  commandFrame(conversationCommandSchema),
  v.strictObject({ type: v.literal('signal'), signal: conversationSignalSchema }),
]);
export type ConversationClientFrame = v.InferOutput<typeof conversationClientFrame>;

export const conversationServerFrame = v.variant('type', [
  v.object({
    type: v.literal('welcome'),
    protocol: v.number(),
    /** True when `events` do not continue the client's `since`: what it had is replaced. */
    reset: v.boolean(),
    ...conversationSnapshotSchema.entries,
    /** Parsed one by one, so that an event of a later version can be skipped. */
    events: v.array(v.unknown()),
  }),
  v.object({
    type: v.literal('events'),
    /** The log has got this far, whether or not its last events are for this audience. */
    upTo: v.number(),
    events: v.array(v.unknown()),
  }),
  acceptedSchema,
  refusedSchema,
  v.object({ type: v.literal('signal'), signal: v.unknown() }),
]);
export type ConversationServerFrame = v.InferOutput<typeof conversationServerFrame>;

/** The events of a frame that this client knows; later versions' are skipped. */
export function knownEvents(events: readonly unknown[]) {
  return events.flatMap((event) => {
    const parsed = v.safeParse(conversationEventSchema, event);
    return parsed.success ? [parsed.output] : [];
  });
}

export function knownNotice(signal: unknown) {
  const parsed = v.safeParse(conversationNoticeSchema, signal);
  return parsed.success ? parsed.output : null;
}

// --- /ws/departments/:id and /ws/agents/me: a snapshot, then what changes.

export const departmentClientFrame = helloSchema;

export const departmentServerFrame = v.variant('type', [
  v.object({ type: v.literal('welcome'), protocol: v.number(), state: departmentStateSchema }),
  v.object({ type: v.literal('events'), events: v.array(departmentEventSchema) }),
  refusedSchema,
]);

export const agentClientFrame = v.variant('type', [helloSchema, commandFrame(agentCommandSchema)]);

export const agentServerFrame = v.variant('type', [
  v.object({ type: v.literal('welcome'), protocol: v.number(), state: agentStateSchema }),
  v.object({ type: v.literal('events'), events: v.array(agentEventSchema) }),
  acceptedSchema,
  refusedSchema,
]);
export type AgentServerFrame = v.InferOutput<typeof agentServerFrame>;
