// Asks Cloudflare whether a visitor has passed Turnstile.
// https://developers.cloudflare.com/turnstile/get-started/server-side-validation/

import * as v from 'valibot';
import { countUnchecked } from '../operator-log.ts';

const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';
const PATIENCE_MS = 4_000;
/** What the widget names itself, so that no other page's check counts. */
export const TURNSTILE_ACTION = 'parley';

export interface Check {
  /** From Turnstile's script; empty when it could not be loaded. */
  readonly token: string;
  /** Of Parley, whose page the check was on. */
  readonly hostname: string;
  /** Of the visitor; null: not known. */
  readonly address: string | null;
}

/** `unknown`: Cloudflare can't say, and the visitor is not to blame. */
export type Verdict = 'passed' | 'failed' | 'expired' | 'unknown';

const answerSchema = v.object({
  success: v.boolean(),
  'error-codes': v.optional(v.array(v.string()), []),
  hostname: v.optional(v.string()),
  action: v.optional(v.string()),
  /** Keys for trying it out answer for another host, and for no action. */
  metadata: v.optional(v.object({ result_with_testing_key: v.optional(v.boolean(), false) })),
});
type Answer = v.InferOutput<typeof answerSchema>;

/** Codes for which the deployment is to blame. */
const OURS = ['missing-input-secret', 'invalid-input-secret'];

export async function verifyTurnstile(check: Check, secret: string): Promise<Verdict> {
  const { token: response, address } = check;
  const body = JSON.stringify({
    secret,
    response,
    ...(address === null ? {} : { remoteip: address }),
    // A check counts once: this makes the second question the same as the first.
    idempotency_key: crypto.randomUUID(),
  });
  const answer = (await ask(body)) ?? (await ask(body));
  if (answer === null) countUnchecked('no answer from Cloudflare');
  return answer === null ? 'unknown' : verdictOn(answer, check);
}

function verdictOn(answer: Answer, { hostname }: Check): Verdict {
  const codes = answer['error-codes'];
  if (answer.success) {
    const isOurs = answer.hostname === hostname && answer.action === TURNSTILE_ACTION;
    return isOurs || answer.metadata?.result_with_testing_key ? 'passed' : 'failed';
  }
  if (codes.some((code) => OURS.includes(code))) {
    countUnchecked('TURNSTILE_SECRET_KEY is wrong');
    return 'unknown';
  }
  return codes.includes('timeout-or-duplicate') ? 'expired' : 'failed';
}

/** Null when there is no answer, or none that says anything. */
async function ask(body: string): Promise<Answer | null> {
  try {
    const response = await fetch(SITEVERIFY, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = v.parse(answerSchema, await response.json());
    return answer['error-codes'].includes('internal-error') ? null : answer;
  } catch {
    return null;
  }
}
