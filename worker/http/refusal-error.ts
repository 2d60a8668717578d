// A refusal on its way to an HTTP client: thrown by routes and middleware, answered in one place.

import { refusalText } from '#messages/refusal-text.ts';
import { statusOf, type Outcome, type Refusal, type RefusalArguments } from '#shared/refusals.ts';

export class RefusalError extends Error {
  override name = 'RefusalError';
  readonly refusal: Refusal;

  constructor(...[code, details]: RefusalArguments) {
    super(code);
    // The arguments pair a code with its own details.
    this.refusal = { code, details: details ?? {} } as Refusal;
  }
}

/** What an actor accepted. Throws what it refused. */
export function granted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { code, details } = outcome.refusal;
  // Code and details belong together already.
  throw new RefusalError(...([code, details] as RefusalArguments));
}

export function refusedResponse(refused: Refusal): Response {
  const answer = Response.json(
    { refusal: refused, sentence: refusalText(refused, 'en') },
    { status: statusOf(refused.code), headers: { 'cache-control': 'no-store' } },
  );
  if (refused.code === 'rate.limited') {
    answer.headers.set('retry-after', String(refused.details.seconds));
  }
  return answer;
}
