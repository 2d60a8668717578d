// What is told and stored nowhere: who types, how far each side has got, the visitor's place in the queue.

import * as v from 'valibot';
import { authorSchema } from '#shared/identity.ts';

const markSchema = v.object({ delivered: v.number(), seen: v.number() });

/** Highest `seq` that has reached, and been seen by, the visitor and the serving agent. */
export const marksSchema = v.object({ visitor: markSchema, agent: markSchema });
export type Mark = v.InferOutput<typeof markSchema>;
export type Marks = v.InferOutput<typeof marksSchema>;

export const NO_MARKS: Marks = {
  visitor: { delivered: 0, seen: 0 },
  agent: { delivered: 0, seen: 0 },
};

export const conversationSignalSchema = v.variant('type', [
  v.strictObject({ type: v.literal('typing'), typing: v.boolean() }),
  v.strictObject({
    type: v.literal('mark'),
    delivered: v.pipe(v.number(), v.integer(), v.minValue(0)),
    seen: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
]);
export type ConversationSignal = v.InferOutput<typeof conversationSignalSchema>;

export const queuePlaceSchema = v.object({
  /** 1 is next. Far back it is told in steps: at most this. */
  position: v.number(),
  /** Seconds, an estimate; null when nobody is there to estimate by. */
  waitSeconds: v.nullable(v.number()),
});
export type QueuePlace = v.InferOutput<typeof queuePlaceSchema>;

export const conversationNoticeSchema = v.variant('type', [
  v.object({ type: v.literal('typing'), by: authorSchema, typing: v.boolean() }),
  v.object({ type: v.literal('marks'), marks: marksSchema }),
  v.object({ type: v.literal('queue'), place: queuePlaceSchema }),
]);
/** A signal as the others receive it. */
export type ConversationNotice = v.InferOutput<typeof conversationNoticeSchema>;
