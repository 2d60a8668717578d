// Links by which a password is set again. The directory keeps only the hash of what is in one, as better-auth does.

/** As better-auth looks it up. */
export const resetIdentifier = (token: string): string => `reset-password:${token}`;

/** As the directory has it. */
export async function storedIdentifier(token: string): Promise<string> {
  const bytes = new TextEncoder().encode(resetIdentifier(token));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

export const RESET_MS = 60 * 60_000;

export const resetPath = (token: string): string => `/reset/${token}`;
