import { expect, test } from 'vitest';
import { ceilingText } from './ceiling-text.ts';

const until = Date.UTC(2026, 10, 28);
const at = (now: number) => ({ now, locale: 'en-GB', timeZone: 'Europe/Berlin' });

test('[WS60] a department that is near its ceiling, or has reached it, says so until the next day', () => {
  expect(ceilingText('Sales', null, at(until - 1))).toBeNull();
  expect(ceilingText('Sales', { share: 'near', until }, at(until - 1))).toContain(
    'Sales has almost reached',
  );
  expect(ceilingText('Sales', { share: 'reached', until }, at(until - 1))).toContain(
    'Sales takes no new conversations until Saturday 28 November at 01:00',
  );
  expect(ceilingText('Sales', { share: 'reached', until }, at(until))).toBeNull();
});
