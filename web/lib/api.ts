// The server's HTTP answers, as a page's code reads them.

import * as v from 'valibot';
import { refusedBody } from '#shared/api.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';

/** The refusal that an answer carries; a defect when it carries none. */
export async function outcomeOf(response: Response): Promise<Outcome<Response>> {
  if (response.ok) return accept(response);
  const body: unknown = await response.json().catch(() => null);
  const parsed = v.safeParse(refusedBody, body);
  if (parsed.success) return { ok: false, refusal: parsed.output.refusal };
  const request = response.headers.get('x-request-id') ?? String(response.status);
  return refuse('defect', { request });
}
