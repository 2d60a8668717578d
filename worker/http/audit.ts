// What an agent does in a request, as the audit log has it.

import type { Context } from 'hono';
import type { AuditAction } from '#shared/audit.ts';
import { writeAudit, type AuditEntry } from '../io/audit.ts';
import { clientAddress } from './client-address.ts';
import type { SignedIn } from './middleware/session.ts';

/** By the agent who asks: a change of their own account, an export, an invitation. */
export async function auditOwn(
  c: Context<SignedIn>,
  action: AuditAction,
  details: AuditEntry['details'] = {},
  about?: AuditEntry['about'],
): Promise<void> {
  const { agentId, name } = c.var.me;
  const by = { id: agentId, name };
  const address = clientAddress(c.req.raw);
  await writeAudit(
    c.env.DIRECTORY,
    { action, by, address, details, ...(about && { about }) },
    Date.now(),
  );
}
