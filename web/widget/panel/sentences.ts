// The sentences of the panel's language: those of this build, which the loader may not know.

import type { Catalogue } from '../catalogue.ts';
import type { EarlyResponse } from '../embed.ts';

/** Where they are, by language. */
declare const __SENTENCES__: Record<string, string>;

/** @param early what the loader has fetched, which may be another deployment's */
export async function fetchSentences(
  origin: string,
  locale: string,
  early: EarlyResponse,
): Promise<Catalogue> {
  const address = origin + __SENTENCES__[locale];
  const fetched = await early;
  const response = fetched?.ok && fetched.url === address ? fetched : await fetch(address);
  return (await response.json()) as Catalogue; // The build writes it.
}
