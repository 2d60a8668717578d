// What is told and stored nowhere: who types, how far each participant has got, the visitor's position in the
// queue.

import * as v from 'valibot';
import { authorSchema } from '#shared/identity.ts';
import { receiptEntries, receiptsSchema } from '#shared/receipts.ts';

export const clientSignalSchema = v.variant('type', [
  v.strictObject({ type: v.literal('typing'), typing: v.boolean() }),
  v.strictObject({ type: v.literal('receipt'), ...receiptEntries }),
]);
export type ClientSignal = v.InferOutput<typeof clientSignalSchema>;

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
export type ServerSignal = v.InferOutput<typeof serverSignalSchema>;
