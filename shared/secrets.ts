// The secrets of a deployment. What is signed with a guessable one, anybody can sign.

export const SECRET_NAMES = ['AUTH_SECRET', 'VISITOR_SECRET', 'ROUTING_SECRET'] as const;

const LEAST_CHARACTERS = 32;

export class SecretsError extends Error {
  override name = 'SecretsError';
}

/** Throws a {@link SecretsError} that says what is wrong with one, and never what it is. */
export function checkSecrets(
  found: Readonly<Partial<Record<(typeof SECRET_NAMES)[number], unknown>>>,
): void {
  for (const name of SECRET_NAMES) {
    const secret = found[name];
    if (typeof secret === 'string' && secret.length >= LEAST_CHARACTERS) continue;
    const problem =
      typeof secret === 'string' ? `has only ${secret.length} characters` : 'is missing';
    throw new SecretsError(
      `The secret ${name} ${problem}. Make one of ${LEAST_CHARACTERS} or more: openssl rand -hex 32`,
    );
  }
}
