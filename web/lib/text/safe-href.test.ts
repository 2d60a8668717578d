import { expect, test } from 'vitest';
import { safeHref } from './safe-href.ts';

test('[WS10] a page can be followed only if it is of the web', () => {
  expect(safeHref('https://a.example/b')).toBe('https://a.example/b');
  expect(safeHref('javascript:alert(1)')).toBeNull();
  expect(safeHref('data:text/html,x')).toBeNull();
  expect(safeHref('/b')).toBeNull();
});
