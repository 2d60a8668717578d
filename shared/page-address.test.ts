import { expect, test } from 'vitest';
import { pageAddress } from './page-address.ts';

test('[AP8] a page’s address tells neither its query nor its fragment', () => {
  expect(pageAddress('https://shop.example/cart?reset_token=x#access_token=y')).toBe(
    'https://shop.example/cart',
  );
});

test('who is signed in by the address is not told', () => {
  expect(pageAddress('https://ivy:secret@shop.example/')).toBe('https://shop.example/');
});

test.each(['', 'javascript:alert(1)', 'data:text/html,x', 'about:blank', '/cart', 'file:///etc'])(
  '%j is no page',
  (address) => {
    expect(pageAddress(address)).toBeNull();
  },
);
