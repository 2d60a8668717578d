import { expect, test } from 'vitest';
import { mistakeIn } from './sign-in-mistake.ts';

test.each([
  ['', '', 'Enter your email address.'],
  [' ', 'secret', 'Enter your email address.'],
  ['noor', 'secret', 'Enter your whole email address, such as ada@example.com.'],
  ['noor@parley.example', '', 'Enter your password.'],
])('[WS50] “%s” with the password “%s” is told what is missing', (email, password, told) => {
  expect(mistakeIn(email, password)?.text).toBe(told);
});

test('[WS50] blanks around an address are no mistake', () => {
  expect(mistakeIn(' noor@parley.example ', 'secret')).toBeNull();
});
