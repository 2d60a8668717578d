// The wire protocol of every socket: envelopes, protocol version, close codes. docs/protocol.md tells
// the same in prose.

import * as v from 'valibot';
import { agentCommandSchema, agentStateSchema } from './agent.ts';
import { conversationCommandSchema } from './conversation/commands.ts';
import {
  clientSignalSchema,
  conversationSignalSchema,
  type ServerSignal,
} from './conversation/signals.ts';
import { conversationStateSchema } from './conversation/state.ts';
import { departmentStateSchema } from './department.ts';
import { directChatCommandSchema, directChatStateSchema } from './direct-chat/direct-chat.ts';
import { commandIdSchema } from './ids.ts';
import { receiptSchema, receiptsSchema, type Receipts } from './receipts.ts';
import { refusalSchema } from './refusals.ts';

export const PROTOCOL = 2;
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
  /** What this socket may see is looked up again: reconnect. */
  renew: 4408,
  /** No ping has come for minutes, so the line is taken for dead: reconnect. */
  silent: 4409,
  /** The client asks for more than one needs: reconnect after the seconds that the reason names. */
  busy: 4429,
  /** The client is too old: reload the page. */
  outdated: 4426,
} as const;

export type Closing = keyof typeof CLOSE_CODES;

/** Who asked for too much reconnects after this at the earliest. */
export const BUSY_SECONDS = 10;

/** The name of the code, and of `busy` how many seconds to wait. */
export const closeReason = (why: Closing): string =>
  why === 'busy' ? `${why} ${BUSY_SECONDS}` : why;

/** Malformed frames that a socket is forgiven. One more closes it with {@link CLOSE_CODES.malformed}. */
export const FORGIVEN_FRAMES = 20;

const seqSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

const helloSchema = v.strictObject({
  type: v.literal('hello'),
  protocol: v.number(),
  /** The last `seq` the client has; null when it has nothing, or where the stream is not a log. */
  since: v.nullable(seqSchema),
});

const commandEntries = {
  type: v.literal('command'),
  id: commandIdSchema,
  /** The last `seq` the client had when it minted `id`. A retry repeats it unchanged. */
  after: seqSchema,
};

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
  /** The refusal in English, for a client without a catalogue. */
  sentence: v.string(),
});
export type AcceptedFrame = v.InferOutput<typeof acceptedSchema>;
export type RefusedFrame = v.InferOutput<typeof refusedSchema>;

/** The items that a schema knows; those of a later version are skipped. */
export function known<const S extends v.GenericSchema>(
  schema: S,
  items: readonly unknown[],
): v.InferOutput<S>[] {
  return items.flatMap((item) => {
    const parsed = v.safeParse(schema, item);
    return parsed.success ? [parsed.output] : [];
  });
}

/** The frame, or null for one of a later version. */
export function knownFrame<const S extends v.GenericSchema>(
  schema: S,
  frame: unknown,
): v.InferOutput<S> | null {
  return known(schema, [frame])[0] ?? null;
}

// --- A log that people talk in: /ws/conversations/:id

// Valibot tries the options of a variant in their order, and each that does not fit costs: what comes most, first.

const logClientFrame = <const C extends v.GenericSchema, const S extends v.GenericSchema>(
  command: C,
  signal: S,
) =>
  v.variant('type', [
    v.strictObject({
      ...commandEntries,
      command,
      /** How far its author has read. */
      receipt: v.optional(receiptSchema),
    }),
    v.strictObject({ type: v.literal('signal'), signal }),
    helloSchema,
  ]);

export const conversationClientFrame = logClientFrame(
  conversationCommandSchema,
  conversationSignalSchema,
);
export type ConversationClientFrame = v.InferOutput<typeof conversationClientFrame>;

/** Events and signals are parsed one by one, so that one of a later version can be skipped. */
const logServerFrame = <const S extends v.GenericSchema>(state: S) =>
  v.variant('type', [
    v.object({
      type: v.literal('events'),
      /** The log has got this far, whether or not its last events are for this audience. */
      upTo: v.number(),
      events: v.array(v.unknown()),
      /** All of them, when one has moved since they were last told. */
      receipts: v.optional(receiptsSchema),
    }),
    v.object({ type: v.literal('signal'), signal: v.unknown() }),
    v.object({
      type: v.literal('welcome'),
      protocol: v.number(),
      /** True when `events` do not continue the client's `since`: what it had is replaced. */
      reset: v.boolean(),
      /** Of the last event in the log, whether or not the audience hears it. */
      seq: v.number(),
      state,
      receipts: receiptsSchema,
      events: v.array(v.unknown()),
      hasEarlier: v.boolean(),
    }),
    acceptedSchema,
    refusedSchema,
  ]);

/** Between two colleagues. */
export const directChatClientFrame = logClientFrame(directChatCommandSchema, clientSignalSchema);
export const directChatServerFrame = logServerFrame(directChatStateSchema);

export const conversationServerFrame = logServerFrame(conversationStateSchema);

/** What a log's actor may send. */
export type LogServerFrame<State, Event> =
  | {
      type: 'welcome';
      protocol: number;
      reset: boolean;
      seq: number;
      state: State;
      receipts: Receipts;
      events: readonly Event[];
      hasEarlier: boolean;
    }
  | { type: 'events'; upTo: number; events: readonly Event[]; receipts?: Receipts }
  | AcceptedFrame
  | RefusedFrame
  | { type: 'signal'; signal: ServerSignal };

// --- /ws/departments/:id and /ws/agents/me: a snapshot, then what changes.

const streamServerFrame = <const S extends v.GenericSchema>(state: S) =>
  v.variant('type', [
    v.object({ type: v.literal('welcome'), protocol: v.number(), state }),
    v.object({ type: v.literal('events'), events: v.array(v.unknown()) }),
    acceptedSchema,
    refusedSchema,
  ]);

/** What the actor of such a stream may send. */
export type StreamServerFrame<State, Event> =
  | { type: 'welcome'; protocol: number; state: State }
  | { type: 'events'; events: readonly Event[] }
  | AcceptedFrame
  | RefusedFrame;

export const departmentClientFrame = helloSchema;
export const departmentServerFrame = streamServerFrame(departmentStateSchema);

export const agentClientFrame = v.variant('type', [
  helloSchema,
  v.strictObject({ ...commandEntries, command: agentCommandSchema }),
]);
export const agentServerFrame = streamServerFrame(agentStateSchema);
