// What the audit log tells of.

/** Each is a past event: what was done. */
export const AUDIT_ACTIONS = [
  'session.began',
  'session.failed',
  'session.ended',
  'password.changed',
  'password.reset',
  'reset-link.made',
  'second-factor.on',
  'second-factor.off',
  'second-factor.failed',
  'recovery-codes.made',
  'recovery-code.used',
  'passkey.added',
  'passkey.removed',
  'account.added',
  'account.removed',
  'account.role',
  'account.departments',
  'contacts.exported',
  'conversations.exported',
  'colleague.invited',
  'conversation.erased',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
