// Tells an agent's devices something, and forgets those that take no more.

import type { PushMessage, PushOutcome } from '#shared/alerts/push.ts';
import type { AgentId } from '#shared/ids.ts';
import { shortened } from '#shared/text.ts';
import { localeFor, type Locale } from '#messages/locale.ts';
import {
  removeSubscription,
  subscriptionsOf,
  type StoredSubscription,
} from '../push-subscriptions.ts';
import { encodeBase64url } from './base64url.ts';
import { send, type Sent } from './send.ts';

/** Of a title and of a text: both fit into a message whatever their script. */
const MOST_CHARACTERS = 200;

/** Of a topic: 32 characters in base64url, and it may have no more. */
const TOPIC_BYTES = 24;

type Bindings = Pick<Env, 'DIRECTORY' | 'PUSH_SECRET'>;

/** A device, or some of many, could not be told now: try again. */
export interface Told {
  readonly devices: number;
  readonly isToRetry: boolean;
}

/** @param messageIn what they are told, in the language of each */
export async function tellDevices(
  env: Bindings,
  agentId: AgentId,
  messageIn: (locale: Locale) => PushMessage,
  now: number,
): Promise<Told> {
  const subscriptions = await subscriptionsOf(env.DIRECTORY, agentId, now);
  const sent = await Promise.all(
    subscriptions.map((one) => tellDevice(env, agentId, one, messageIn, now)),
  );
  return {
    devices: sent.filter((one) => one !== 'gone').length,
    isToRetry: sent.includes('later'),
  };
}

/** Null: the agent has no such device. */
export async function tryDevice(
  env: Bindings,
  { agentId, id }: { agentId: AgentId; id: string },
  messageIn: (locale: Locale) => PushMessage,
  now: number,
): Promise<PushOutcome | null> {
  const subscriptions = await subscriptionsOf(env.DIRECTORY, agentId, now);
  const device = subscriptions.find((one) => one.id === id);
  if (!device) return null;
  const sent = await tellDevice(env, agentId, device, messageIn, now);
  return sent === 'sent' || sent === 'gone' ? sent : 'failed';
}

async function tellDevice(
  env: Bindings,
  agentId: AgentId,
  { id, locale, origin, ...subscription }: StoredSubscription,
  messageIn: (locale: Locale) => PushMessage,
  now: number,
): Promise<Sent> {
  const { title, body, ...where } = messageIn(localeFor(locale));
  const message: PushMessage = {
    ...where,
    title: shortened(title, MOST_CHARACTERS),
    body: shortened(body, MOST_CHARACTERS),
  };
  const contact = origin.startsWith('https:') ? origin : 'mailto:nobody@localhost';
  const topic = await topicOf(message.tag);
  const sent = await send(message, subscription, { secret: env.PUSH_SECRET, contact, topic, now });
  if (sent === 'gone') await removeSubscription(env.DIRECTORY, agentId, id);
  if (sent === 'refused') console.error('push: refused by', new URL(subscription.endpoint).host);
  return sent;
}

/** Says nothing of what it is about to a service that can't read the message. */
async function topicOf(tag: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(tag));
  return encodeBase64url(new Uint8Array(digest, 0, TOPIC_BYTES));
}
