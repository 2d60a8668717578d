import { expect, test } from 'vitest';
import { auditLine, type AuditRow } from './audit-log.ts';

const ROW: AuditRow = {
  at: Date.parse('2026-11-28T03:00:00.123Z'),
  action: 'session.failed',
  actor: 'unknown',
  subject: 'Ada Okafor',
  address: '192.0.2.1',
  details: {},
  times: 7,
  last_at: Date.parse('2026-11-28T03:41:00Z'),
};

test('[MY23] a row is a line: when, what, who and whom, from where, how often', () => {
  expect(auditLine(ROW)).toBe(
    '2026-11-28T03:00:00Z  session.failed  unknown → Ada Okafor  from 192.0.2.1  7 times, last at 2026-11-28T03:41:00Z',
  );
  const began = { ...ROW, action: 'session.began', actor: 'Ada Okafor', subject: null, times: 1 };
  expect(auditLine({ ...began, details: { how: 'passkey' } })).toBe(
    '2026-11-28T03:00:00Z  session.began  Ada Okafor  from 192.0.2.1  how: passkey',
  );
});

test('[MY23] a name with line ends or colours stays in its line', () => {
  const line = auditLine({ ...ROW, subject: 'Ada\n2026 \u001b[31mroot' });
  expect(line).not.toMatch(/\p{Cc}/u);
});
