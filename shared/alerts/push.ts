// The bodies of the routes that devices are made known by, and what a device is sent.

import * as v from 'valibot';
import { lineSchema } from '#shared/text-schema.ts';

const base64url = (characters: number) =>
  v.pipe(v.string(), v.regex(new RegExp(`^[\\w-]{${characters}}$`), 'base64url'));

/** `PUT /api/push/subscription`: as a browser's `PushSubscription` says it, and what to call the device. */
export const pushSubscriptionBody = v.strictObject({
  endpoint: v.pipe(v.string(), v.maxLength(1_000), v.url()),
  keys: v.strictObject({ p256dh: base64url(87), auth: base64url(22) }),
  name: v.pipe(lineSchema, v.maxLength(100)),
});
export type NewPushSubscription = v.InferOutput<typeof pushSubscriptionBody>;

const deviceSchema = v.object({
  id: v.string(),
  name: v.string(),
  /** Epoch milliseconds. */
  addedAt: v.number(),
  /** Of the push service: the browser that it belongs to knows it again. */
  endpoint: v.string(),
});
export type PushDevice = v.InferOutput<typeof deviceSchema>;

/** `GET /api/push` */
export const pushBody = v.object({
  /** Which a browser subscribes by. */
  publicKey: v.string(),
  devices: v.array(deviceSchema),
});
export type Push = v.InferOutput<typeof pushBody>;

/** `POST /api/push/devices/:id/test` */
export const pushTestBody = v.object({
  /** What came of it: told to the push service, or why not. */
  outcome: v.picklist(['sent', 'gone', 'failed']),
});
export type PushOutcome = v.InferOutput<typeof pushTestBody>['outcome'];

/** What is encrypted to the browser, which shows it. */
export const pushMessageSchema = v.object({
  title: v.string(),
  body: v.string(),
  /** Takes the place of an earlier one of the same tag. */
  tag: v.string(),
  /** Where a click leads to. */
  path: v.string(),
});
export type PushMessage = v.InferOutput<typeof pushMessageSchema>;

/** The tag of a trial: a page that waits for one hears that it has come. */
export const TRIAL_TAG = 'trial';
