// A code of an authenticator app lets somebody in once, whatever it is given for: who has looked over a shoulder can't
// use it again while it still shows.

import type { AgentId } from '#shared/ids.ts';
import type { Auth } from './auth.ts';
import { RefusalError } from './refusal-error.ts';

/** As long as an app's code can be right: from a period before its own to a period after it. */
const GOOD_FOR_MS = 3 * 30_000;

/** Marked as used before it is tried, so that two tries at once are no way around it. */
export async function once<T>(
  auth: Auth,
  agentId: AgentId,
  code: string,
  tried: () => Promise<T>,
): Promise<T> {
  const { internalAdapter } = await auth.$context;
  const identifier = `code ${code} of ${agentId}`;
  const expiresAt = new Date(Date.now() + GOOD_FOR_MS);
  const isFirst = await internalAdapter.reserveVerificationValue({
    ...{ identifier, value: agentId, expiresAt },
  });
  if (!isFirst) throw new RefusalError('second-factor.used');
  try {
    return await tried();
  } catch (error) {
    await internalAdapter.deleteVerificationByIdentifier(identifier);
    throw error;
  }
}
