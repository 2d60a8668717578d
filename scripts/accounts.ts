// Accounts as the directory stores them, written the way better-auth reads them.

import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { RESET_MS, resetPath, storedIdentifier } from '#shared/account/reset-link.ts';
import type { AuditAction } from '#shared/audit.ts';
import type { DepartmentId } from '#shared/ids.ts';
import type { Role } from '#shared/permissions.ts';
import { statement, type Statement } from './sql.ts';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly username: string;
  readonly role: Role;
  readonly departments: readonly DepartmentId[];
  readonly password: string;
}

const newId = (): string => randomBytes(16).toString('hex');

export const newPassword = (): string => randomBytes(12).toString('base64url');

/** The statements that make an account, which is known by `id` afterwards. */
export async function accountStatements(
  account: NewAccount,
): Promise<{ id: string; statements: Statement[] }> {
  const id = newId();
  const now = new Date().toISOString();
  const hash = await hashPassword(account.password);
  return {
    id,
    statements: [
      statement(
        `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "username", "role")
         VALUES (?, ?, ?, 1, ?, ?, ?, ?)`,
        id,
        account.name,
        account.email,
        now,
        now,
        account.username,
        account.role,
      ),
      statement(
        `INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
         VALUES (?, ?, 'credential', ?, ?, ?, ?)`,
        newId(),
        id,
        id,
        hash,
        now,
        now,
      ),
      ...account.departments.map((department) => membership(id, department)),
      audited('account.added', { id, name: account.name }, { role: account.role }),
    ],
  };
}

export function roleStatements(agentId: string, role: Role): Statement[] {
  return [statement(`UPDATE "user" SET "role" = ? WHERE "id" = ?`, role, agentId)];
}

export function departmentStatements(
  agentId: string,
  departments: readonly DepartmentId[],
): Statement[] {
  return [
    statement(`DELETE FROM membership WHERE agent_id = ?`, agentId),
    ...departments.map((department) => membership(agentId, department)),
  ];
}

/** @param limit conversations at a time; null: as many as the workspace says */
export function limitStatements(agentId: string, limit: number | null): Statement[] {
  return [statement(`UPDATE "user" SET max_conversations = ? WHERE "id" = ?`, limit, agentId)];
}

/** Ends every session that began with the old password. */
export async function passwordStatements(agentId: string, password: string): Promise<Statement[]> {
  return [
    statement(
      `UPDATE "account" SET "password" = ? WHERE "userId" = ? AND "providerId" = 'credential'`,
      await hashPassword(password),
      agentId,
    ),
    endSessions(agentId),
  ];
}

export function removeStatements(agentId: string): Statement[] {
  return [endSessions(agentId), statement(`DELETE FROM "user" WHERE "id" = ?`, agentId)];
}

/** For an agent who has lost their second factor. They sign in again, with their password. */
export function noTwoFactorStatements(agentId: string): Statement[] {
  return [
    statement(`DELETE FROM "twoFactor" WHERE "userId" = ?`, agentId),
    statement(`UPDATE "user" SET "twoFactorEnabled" = 0 WHERE "id" = ?`, agentId),
    endSessions(agentId),
  ];
}

/** A link by which the agent sets a new password: once, within an hour. An earlier one is good no more. */
export async function resetLink(
  agentId: string,
  now: number,
): Promise<{ path: string; statements: Statement[] }> {
  const token = randomBytes(32).toString('base64url');
  const [made, ends] = [now, now + RESET_MS].map((at) => new Date(at).toISOString());
  return {
    path: resetPath(token),
    statements: [
      statement(`DELETE FROM "verification" WHERE "value" = ?`, agentId),
      statement(
        `INSERT INTO "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
         VALUES (?, ?, ?, ?, ?, ?)`,
        ...[newId(), await storedIdentifier(token), agentId, ends ?? '', made ?? '', made ?? ''],
      ),
    ],
  };
}

/** A row of the audit log, for what is done here. @param about whose account */
export function audited(
  action: AuditAction,
  about: { readonly id: string; readonly name: string },
  details: Readonly<Record<string, string | number>> = {},
): Statement {
  const now = Date.now();
  return statement(
    `INSERT INTO audit (at, action, actor, subject_id, subject, details, times, last_at)
     VALUES (?, ?, 'command line', ?, ?, ?, 1, ?)`,
    ...[now, action, about.id, about.name, JSON.stringify(details), now],
  );
}

/** Written along with a change of what an agent may do: the running Parley is told of it by the id. */
export function accessChange(agentId: string): { id: string; statement: Statement } {
  const id = newId();
  const sql = 'INSERT INTO access_change (id, agent_id) VALUES (?, ?)';
  return { id, statement: statement(sql, id, agentId) };
}

const membership = (agentId: string, department: DepartmentId): Statement =>
  statement(`INSERT INTO membership (agent_id, department_id) VALUES (?, ?)`, agentId, department);

const endSessions = (agentId: string): Statement =>
  statement(`DELETE FROM "session" WHERE "userId" = ?`, agentId);
