import { expect, test } from 'vitest';
import { pageTitle } from './page-title.ts';

test('[WS2] the title tells what is unread, what is open and of which workspace', () => {
  expect(pageTitle(0, null, 'Juniper')).toBe('Juniper');
  expect(pageTitle(3, null, 'Juniper')).toBe('(3) Juniper');
  expect(pageTitle(2, 'Anna Weber', 'Juniper')).toBe('(2) Anna Weber · Juniper');
});
