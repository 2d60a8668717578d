// A refusal on its way to an HTTP client: thrown by routes and middleware, answered in one place.

import type { Locale } from '#messages/locale.ts';
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

export const refusedResponse = (refused: Refusal): Response =>
  Response.json(
    { refusal: refused, sentence: refusalText(refused, 'en') },
    { status: statusOf(refused.code), headers: headersOf(refused) },
  );

/** For a person whose browser asked for a page. */
export const refusedPage = (refused: Refusal, locale: Locale): Response =>
  new Response(refusalText(refused, locale), {
    status: statusOf(refused.code),
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headersOf(refused) },
  });

const headersOf = ({ code, details }: Refusal): Record<string, string> => ({
  'cache-control': 'no-store',
  ...(code === 'rate.limited' ? { 'retry-after': String(details.seconds) } : {}),
});
