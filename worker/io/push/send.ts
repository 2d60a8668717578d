// Gives a message for one browser to its push service: RFC 8030.

import { MOST_BYTES, encrypt, newRandomness, type ReceiverKeys } from './encrypt.ts';
import { authorizationFor } from './vapid.ts';

const PATIENCE_MS = 10_000;
/** A service keeps it so long for a device that is off: what nobody saw by then, somebody else has answered. */
const KEPT_SECONDS = 3_600;

export interface Subscription extends ReceiverKeys {
  readonly endpoint: string;
}

/** `gone`: the browser takes no more. `later`: the service could not take it now. */
export type Sent = 'sent' | 'gone' | 'later' | 'refused';

interface Sending {
  readonly secret: string;
  readonly contact: string;
  /** A later message of the same topic takes the place of one that has not been fetched. */
  readonly topic: string;
  readonly now: number;
}

export async function send(
  message: object,
  { endpoint, ...keys }: Subscription,
  { topic, ...signing }: Sending,
): Promise<Sent> {
  const plain = new TextEncoder().encode(JSON.stringify(message));
  if (plain.length > MOST_BYTES) return 'refused';
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: await authorizationFor(endpoint, signing),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(KEPT_SECONDS),
        urgency: 'high',
        topic,
      },
      body: await encrypt(plain, keys, await newRandomness()),
      signal: AbortSignal.timeout(PATIENCE_MS),
      // A subscription is where the browser said it is.
      redirect: 'manual',
    });
    await response.body?.cancel();
    return outcomeOf(response.status);
  } catch (error) {
    console.error('push: no answer', new URL(endpoint).host, String(error));
    return 'later';
  }
}

function outcomeOf(status: number): Sent {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status >= 500 ? 'later' : 'refused';
}
