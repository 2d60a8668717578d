// How a page's server half reads from the Worker: parsed, or on to the sign-in, or the error page.

import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { statusOf } from '#shared/refusals.ts';
import { outcomeOf } from './api.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { signInPath, twoFactorPath } from './features/session/return-path.ts';

export async function load<const S extends v.GenericSchema>(
  fetch: typeof globalThis.fetch,
  path: string,
  schema: S,
  /** Where to come back to after signing in. */
  here: string,
): Promise<v.InferOutput<S>> {
  const outcome = await outcomeOf(await fetch(path));
  if (outcome.ok) return v.parse(schema, await outcome.value.json());
  if (outcome.refusal.code === 'session.missing') redirect(303, signInPath(here));
  if (outcome.refusal.code === 'second-factor.missing') redirect(303, twoFactorPath(here));
  error(statusOf(outcome.refusal.code), refusalSentence(outcome.refusal));
}
