// Accounts and their sessions, by better-auth. It is large: import it dynamically, where it is needed.

import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';

const CACHE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * 60;

/** The names of our cookies begin with it; middleware/session.ts relies on it. */
const COOKIE_PREFIX = 'parley';

/**
 * Built for each request: one that outlives its first request can hang when that is aborted. Its own HTTP
 * handler is never mounted, so there is no way in but through our routes.
 */
export function createAuth(env: Pick<Env, 'DIRECTORY' | 'AUTH_SECRET'>, origin: string) {
  const isSecure = origin.startsWith('https:');
  return betterAuth({
    appName: 'Parley',
    database: env.DIRECTORY,
    secret: env.AUTH_SECRET,
    baseURL: origin,
    trustedOrigins: [origin],
    emailAndPassword: { enabled: true, disableSignUp: true, maxPasswordLength: 200 },
    user: {
      additionalFields: {
        username: { type: 'string', required: true, unique: true, input: false },
        role: { type: 'string', required: true, input: false },
      },
    },
    session: {
      expiresIn: 30 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
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

/** Whether better-auth says no, rather than fails. */
export const isDenied = (error: unknown): boolean => isAPIError(error) && error.statusCode < 500;
