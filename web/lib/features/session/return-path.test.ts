import { expect, test } from 'vitest';
import { returnPath, signInPath } from './return-path.ts';

const origin = 'https://workspace.example';

test('[WS1] signing in leads back to a page of the workspace', () => {
  expect(returnPath('/inbox/abc?x=1', origin)).toBe('/inbox/abc?x=1');
  expect(signInPath('/inbox/abc')).toBe('/sign-in?to=%2Finbox%2Fabc');
  expect(signInPath('/inbox')).toBe('/sign-in');
});

test('[WS1] an address that no page of ours has is not carried through a header', () => {
  expect(signInPath(`/inbox/${'['.repeat(4_000)}`)).toBe('/sign-in');
});

test.each([
  '/.//evil.example',
  '/..//evil.example/x?y',
  '/%2e//evil.example',
  '/inbox/..//evil.example',
  '/.//.//evil.example',
])('[WS1] %j stays at this site', (to) => {
  const path = returnPath(to, origin);
  expect(new URL(path, origin).origin).toBe(origin);
});

test.each([
  null,
  '',
  'inbox',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/sign-in',
])('[WS1] %j leads to the inbox', (to) => {
  expect(returnPath(to, origin)).toBe('/inbox');
});
