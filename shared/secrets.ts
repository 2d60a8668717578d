// The secrets of a deployment. What is signed with a guessable one, anybody can sign.

import type { Settings } from '#shared/settings/schema.ts';

export const SECRET_NAMES = [
  'AUTH_SECRET',
  'VISITOR_SECRET',
  'ROUTING_SECRET',
  'PUSH_SECRET',
] as const;

export const TURNSTILE_SECRET = 'TURNSTILE_SECRET_KEY';

const LEAST_CHARACTERS = 32;

const VISITOR_SECRET = 'VISITOR_SECRET';
const LATER_VISITOR_SECRET = /^VISITOR_SECRET_([2-9]|[1-9]\d+)$/;

export class SecretsError extends Error {
  override name = 'SecretsError';
}

/** Throws a {@link SecretsError} that says what is wrong with one, and never what it is. */
export function checkSecrets(found: object): void {
  const secrets = new Map<string, unknown>(Object.entries(found));
  const later = [...secrets.keys()].filter((name) => name.startsWith(`${VISITOR_SECRET}_`));
  for (const name of later) {
    if (LATER_VISITOR_SECRET.test(name)) continue;
    throw new SecretsError(
      `There is no secret ${name}. The first is ${VISITOR_SECRET}, the next ${VISITOR_SECRET}_2.`,
    );
  }
  for (const name of [...SECRET_NAMES, ...later]) {
    const secret = secrets.get(name);
    if (typeof secret === 'string' && secret.length >= LEAST_CHARACTERS) continue;
    const problem =
      typeof secret === 'string' ? `has only ${secret.length} characters` : 'is missing';
    throw new SecretsError(
      `The secret ${name} ${problem}. Make one of ${LEAST_CHARACTERS} or more: openssl rand -hex 32`,
    );
  }
}

/** What signs visitors' tokens, by number: the last signs, and all of them are believed. */
export function visitorSecrets(found: object): Map<number, string> {
  const secrets = Object.entries(found).flatMap(([name, secret]: [string, unknown]) => {
    if (typeof secret !== 'string') return [];
    if (name === VISITOR_SECRET) return [[1, secret] as const];
    const number = LATER_VISITOR_SECRET.exec(name)?.[1];
    return number ? [[Number(number), secret] as const] : [];
  });
  return new Map(secrets.sort(([a], [b]) => a - b));
}

/** Throws a {@link SecretsError} when the settings ask visitors for a check, and nothing could judge it. */
export function checkTurnstileSecret(
  { turnstile: { mode } }: Pick<Settings, 'turnstile'>,
  secret: unknown,
): void {
  if (mode === 'off' || (typeof secret === 'string' && secret !== '')) return;
  throw new SecretsError(
    `The secret ${TURNSTILE_SECRET} is missing, and settings.turnstile.mode is "${mode}". ` +
      "It is the secret key of your Turnstile widget in Cloudflare's dashboard.",
  );
}
