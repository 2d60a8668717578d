// Accounts and their sessions, by better-auth. It is large: import it dynamically, where it is needed.

import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError, isAPIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { PASSWORD_CHARACTERS } from '#shared/account/password.ts';

const CACHE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * 60;

/** The names of our cookies begin with it; middleware/session.ts relies on it. */
const COOKIE_PREFIX = 'parley';

interface AuthOptions {
  /**
   * Whether the request is behind `requireConfirmed`: the second factor's functions ask for the password once more,
   * and are told that it is right. Never for a sign-in.
   */
  readonly isConfirmed?: boolean;
}

/**
 * Built for each request: one that outlives its first request can hang when that is aborted. Its own HTTP
 * handler is never mounted, so there is no way in but through our routes.
 */
export function createAuth(
  env: Pick<Env, 'DIRECTORY' | 'AUTH_SECRET'>,
  origin: string,
  { isConfirmed = false }: AuthOptions = {},
) {
  const isSecure = origin.startsWith('https:');
  return betterAuth({
    appName: 'Parley',
    database: env.DIRECTORY,
    secret: env.AUTH_SECRET,
    baseURL: origin,
    trustedOrigins: [origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARACTERS.least,
      maxPasswordLength: PASSWORD_CHARACTERS.most,
      revokeSessionsOnPasswordReset: true,
      ...(isConfirmed ? { password: { verify: async () => true } } : {}),
    },
    plugins: [twoFactor(), passkeys(origin)],
    // Who reads the directory learns no link by which a password can be reset.
    verification: { storeIdentifier: 'hashed' },
    user: {
      additionalFields: {
        username: { type: 'string', required: true, unique: true, input: false },
        role: { type: 'string', required: true, input: false },
      },
    },
    session: {
      expiresIn: 30 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      // How long ago one has shown who they are is asked by `requireConfirmed`.
      freshAge: 0,
      cookieCache: { enabled: true, maxAge: CACHE_SECONDS },
    },
    advanced: {
      // No page of a neighbouring subdomain can plant a cookie of such a name. better-auth knows only `__Secure-`.
      cookiePrefix: isSecure ? `__Host-${COOKIE_PREFIX}` : COOKIE_PREFIX,
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      ipAddress: { disableIpTracking: true },
      // Else each instance, so each request, reads the whole schema of D1 first. The tests use every table.
      database: { validateSchema: false },
    },
    // Wrong passwords are the login guard's to count; they are no news for the log. What matters is thrown as well,
    // and logged with its stack where it is caught: a cookie that somebody has damaged is a line at most.
    logger: { level: 'error', log: (_level, message) => console.error('better-auth:', message) },
    telemetry: { enabled: false },
  });
}

/**
 * A passkey stands for both factors, so the person who uses one must have been recognised by their device. Neither a browser
 * nor the plugin makes sure of that.
 */
const passkeys = (origin: string) =>
  passkey({
    rpID: new URL(origin).hostname,
    rpName: 'Parley',
    origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => {
        mustBeVerified(verification.registrationInfo?.userVerified);
      },
    },
    authentication: {
      afterVerification: ({ verification }) => {
        mustBeVerified(verification.authenticationInfo.userVerified);
      },
    },
    advanced: { webAuthnChallengeCookie: 'passkey' },
  });

function mustBeVerified(isVerified: boolean | undefined): void {
  if (isVerified !== true) throw new APIError('UNAUTHORIZED', { message: 'Not recognised' });
}

export type Auth = ReturnType<typeof createAuth>;

/** Whether better-auth says no, rather than fails. */
export const isDenied = (error: unknown): boolean => isAPIError(error) && error.statusCode < 500;

/** The code of better-auth's no, whatever it blames for it; null: it has no word for what went wrong. */
export function denialOf(error: unknown): string | null {
  if (!isAPIError(error)) return null;
  return error.body?.code ?? '';
}
