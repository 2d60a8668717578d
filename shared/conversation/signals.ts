// What is told and stored nowhere: who types, how far each participant has got, who is there, the visitor's position in
// the queue.

import * as v from 'valibot';
import { authorSchema } from '#shared/identity.ts';
import { pageAddress } from '#shared/page-address.ts';
import { receiptEntries, receiptsSchema } from '#shared/receipts.ts';
import { agentRefSchema } from './events.ts';

/** At any log. */
export const clientSignalSchema = v.variant('type', [
  v.strictObject({ type: v.literal('typing'), typing: v.boolean() }),
  v.strictObject({ type: v.literal('receipt'), ...receiptEntries }),
]);
export type ClientSignal = v.InferOutput<typeof clientSignalSchema>;

const presenceSignalSchema = v.variant('type', [
  /** Of a visitor: the page that they are on. */
  v.strictObject({ type: v.literal('page'), page: v.pipe(v.string(), v.transform(pageAddress)) }),
  /** Of an agent: whether they have the conversation before them. */
  v.strictObject({ type: v.literal('looking'), looking: v.boolean() }),
]);
export type PresenceSignal = v.InferOutput<typeof presenceSignalSchema>;

export const conversationSignalSchema = v.variant('type', [
  ...clientSignalSchema.options,
  ...presenceSignalSchema.options,
]);
export type ConversationSignal = v.InferOutput<typeof conversationSignalSchema>;

export const isPresence = (signal: ConversationSignal): signal is PresenceSignal =>
  signal.type === 'page' || signal.type === 'looking';

export const queuePositionSchema = v.object({
  /** 1 is next. Far back it is told in steps: at most this. */
  position: v.number(),
  /** Seconds, an estimate; null when no agent is there to estimate by. */
  waitSeconds: v.nullable(v.number()),
});
export type QueuePosition = v.InferOutput<typeof queuePositionSchema>;

export const serverSignalSchema = v.variant('type', [
  v.object({ type: v.literal('typing'), by: authorSchema, typing: v.boolean() }),
  v.object({ type: v.literal('receipts'), receipts: receiptsSchema }),
  v.object({ type: v.literal('queue'), position: queuePositionSchema }),
]);

/** For agents alone, so that no visitor loads what it is. */
export const presenceSchema = v.object({
  type: v.literal('presence'),
  /** Agents who have the conversation before them. */
  looking: v.array(agentRefSchema),
  /** Where the visitor is; null: on no page of the site. */
  page: v.nullable(v.string()),
});
export type Presence = v.InferOutput<typeof presenceSchema>;

export type ServerSignal = v.InferOutput<typeof serverSignalSchema> | Presence;
