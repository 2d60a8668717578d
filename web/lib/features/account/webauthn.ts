// Passkeys, as a browser makes and uses them.

import type { Outcome } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';

/** A passkey is for a name of a host. Older browsers can't read the server's words. */
export const canUsePasskeys = (): boolean =>
  'PublicKeyCredential' in window &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|:/.test(location.hostname);

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** What the browser made; null: the person did not want to. @param options as the server gave them */
export async function createPasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON, // The browser reads them, and throws if it can't.
  );
  return jsonOf(() => navigator.credentials.create({ publicKey }));
}

/**
 * Signs in. Null: the person did not want to, or `signal` came first.
 * @param mediation `conditional`: offered where the e-mail address is filled in
 */
export async function signInByPasskey(
  mediation: CredentialMediationRequirement,
  signal: AbortSignal,
): Promise<Outcome<Response> | null> {
  const asked = await outcomeOf(await fetch('/api/session/passkey/options', { method: 'POST' }));
  if (!asked.ok) return asked;
  const options: unknown = await asked.value.json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON, // As above.
  );
  const credential = await jsonOf(() =>
    navigator.credentials.get({ publicKey, mediation, signal }),
  );
  if (credential === null) return null;
  return outcomeOf(await fetch('/api/session/passkey', json({ credential })));
}

/** Who turns away, or has waited for too long, is no error. */
async function jsonOf(work: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const made = await work();
    return made instanceof PublicKeyCredential ? made.toJSON() : null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
