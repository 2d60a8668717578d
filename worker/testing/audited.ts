// What the audit log holds of one action, for tests.

import { env } from 'cloudflare:workers';
import type { AuditAction } from '#shared/audit.ts';

export async function audited(action: AuditAction): Promise<unknown[]> {
  const query = 'SELECT actor_id AS "by", subject_id AS about, details FROM audit WHERE action = ?';
  return (await env.DIRECTORY.prepare(query).bind(action).all()).results;
}
