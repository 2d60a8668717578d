import { expect, test } from 'vitest';
import type { DepartmentId, OfflineMessageId } from '#shared/ids.ts';
import { mailto } from './mailto.ts';

const message = (email: string, text: string) => ({
  ...{ id: '' as OfflineMessageId, departmentId: '' as DepartmentId, name: 'Ivy' },
  ...{ email, text, sentAt: 0, doneBy: null, doneAt: null },
});

test('[LM4] an answer goes to the visitor who left the message, and quotes it', () => {
  const to = mailto(message('ivy+shop@x.example', 'Hello &\nbye'), 'Your message');
  expect(to).toBe(
    'mailto:ivy%2Bshop@x.example?subject=Your%20message&body=%0D%0A%0D%0A%3E%20Hello%20%26%0D%0A%3E%20bye',
  );
});

test('[LM4] an address in it adds no recipients and no headers', () => {
  const to = mailto(message('a@b.c?bcc=x@y.z', 'x'.repeat(5000)), 'Hi');
  expect(to.split('?')).toHaveLength(2);
  expect(to.length).toBeLessThan(1500);
});
