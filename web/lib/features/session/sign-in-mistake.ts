// What is wrong with what somebody signs in with, before the server is asked.

import { EMAIL } from '#shared/api.ts';
import { m } from '#messages/compiled/messages.js';

export interface Mistake {
  readonly in: 'email' | 'password' | 'both' | 'neither';
  readonly text: string;
}

export function mistakeIn(email: string, password: string): Mistake | null {
  const address = email.trim();
  if (address === '') return { in: 'email', text: m.sign_in_no_email() };
  if (!EMAIL.test(address)) return { in: 'email', text: m.sign_in_email_wrong() };
  return password === '' ? { in: 'password', text: m.sign_in_no_password() } : null;
}
