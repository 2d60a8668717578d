import { expect, test } from 'vitest';
import { linkParts, safeHref } from './link-parts.ts';

test('[WS10] an address can be followed, without the punctuation behind it', () => {
  expect(linkParts('See https://a.example/b?c=1. Thanks')).toEqual([
    { text: 'See ', href: null },
    { text: 'https://a.example/b?c=1', href: 'https://a.example/b?c=1' },
    { text: '. Thanks', href: null },
  ]);
});

test.each(['no link', 'javascript:alert(1)', 'http://', ''])(
  '[WS10] %j holds no address',
  (text) => {
    expect(linkParts(text).every(({ href }) => href === null)).toBe(true);
    expect(
      linkParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  },
);

test('[WS10] a page can be followed only if it is of the web', () => {
  expect(safeHref('https://a.example/b')).toBe('https://a.example/b');
  expect(safeHref('javascript:alert(1)')).toBeNull();
  expect(safeHref('data:text/html,x')).toBeNull();
  expect(safeHref('/b')).toBeNull();
});
