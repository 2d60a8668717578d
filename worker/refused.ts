// A refusal on its way to an HTTP client: thrown by routes and middleware, answered in one place.

import { refusalText } from '#messages/refusal-text.ts';
import { statusOf, type Refusal, type RefusalArguments } from '#shared/refusals.ts';

export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;

  constructor(...[code, details]: RefusalArguments) {
    super(code);
    // The arguments pair a code with its own details.
    this.refusal = { code, details: details ?? {} } as Refusal;
  }

  static from({ code, details }: Refusal): Refused {
    // Code and details belong together already.
    return new Refused(...([code, details] as RefusalArguments));
  }
}

export function refusedResponse(refused: Refusal): Response {
  return Response.json(
    { refusal: refused, sentence: refusalText(refused, 'en') },
    { status: statusOf(refused.code), headers: { 'cache-control': 'no-store' } },
  );
}
