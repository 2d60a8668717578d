// A refusal on its way to an HTTP client: thrown by routes and middleware, answered in one place.

import { sentenceOf } from '#shared/refusal-sentences.ts';
import { refusal, statusOf, type Refusal, type RefusalCode } from '#shared/refusals.ts';

export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;

  constructor(code: RefusalCode, details: Refusal['details'] = {}) {
    super(code);
    this.refusal = refusal(code, details);
  }

  static from({ code, details }: Refusal): Refused {
    return new Refused(code, details);
  }
}

export function refusedResponse(refused: Refusal): Response {
  return Response.json(
    { refusal: refused, sentence: sentenceOf(refused) },
    { status: statusOf(refused.code), headers: { 'cache-control': 'no-store' } },
  );
}
