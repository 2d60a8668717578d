import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (address?: string) =>
  clientAddress(
    new Request('https://parley.test/', {
      headers: address === undefined ? {} : { 'cf-connecting-ip': address },
    }),
  );

test('[RL1] a client is told by its IPv4 address', () => {
  expect(from('203.0.113.7')).toBe('203.0.113.7');
  expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(from('203.0.113.8')).not.toBe(from('203.0.113.7'));
});

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
  ['2001:0db8:0001:0002::1', '2001:DB8:1:2:3:4:5:6'],
  ['2001:db8::1', '2001:db8:0:0:9::'],
  ['::1', '0:0:0:0:1:2:3:4'],
])('[RL1] %s and %s are one client', (one, other) => {
  expect(from(one)).toBe(from(other));
});

test('[RL1] other networks of IPv6 are other clients', () => {
  expect(from('2001:db8:1:3::1')).not.toBe(from('2001:db8:1:2::1'));
  expect(from('2001:db8::1')).not.toBe(from('2001:db8:0:1::1'));
});

test('[RL1] all whose address is not known are one client', () => {
  expect(from()).toBe(from(''));
});
