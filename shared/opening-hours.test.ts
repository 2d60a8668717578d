import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, opensAt, WEEKDAYS, type Hours } from './opening-hours.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const every = (...spans: string[]): Hours['week'] =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, spans]));

const hours = (time_zone: string, week: Hours['week'], holidays: string[] = []): Hours => ({
  ...{ time_zone, week, holidays },
});

const at = (iso: string): number => Date.parse(iso);

describe('[RT29] a department', () => {
  test('without hours is always open', () => {
    expect(isOpen(undefined, 0)).toBe(true);
    expect(opensAt(undefined, 0)).toBeNull();
  });

  test.each([
    // 9:00 in Berlin is 8:00 UTC in winter, and 7:00 in summer.
    ['Europe/Berlin', '2026-03-28T07:59:59Z', false],
    ['Europe/Berlin', '2026-03-28T08:00:00Z', true],
    ['Europe/Berlin', '2026-03-29T06:59:59Z', false],
    ['Europe/Berlin', '2026-03-29T07:00:00Z', true],
    ['Europe/Berlin', '2026-10-24T07:00:00Z', true],
    ['Europe/Berlin', '2026-10-25T07:59:59Z', false],
    ['Europe/Berlin', '2026-10-25T08:00:00Z', true],
    // 17:00 has closed.
    ['Europe/Berlin', '2026-10-25T15:59:59Z', true],
    ['Europe/Berlin', '2026-10-25T16:00:00Z', false],
    ['America/New_York', '2026-03-07T14:00:00Z', true],
    ['America/New_York', '2026-03-08T13:00:00Z', true],
    ['America/New_York', '2026-03-08T12:59:59Z', false],
    ['America/New_York', '2026-11-01T13:59:59Z', false],
    ['Asia/Kolkata', '2026-06-01T03:29:59Z', false],
    ['Asia/Kolkata', '2026-06-01T03:30:00Z', true],
    // Summer time in Lord Howe is half an hour.
    ['Australia/Lord_Howe', '2026-04-03T22:00:00Z', true],
    ['Australia/Lord_Howe', '2026-04-05T22:29:59Z', false],
    ['Australia/Lord_Howe', '2026-04-05T22:30:00Z', true],
  ])('of 9 to 17 in %s at %s: %s', (zone, iso, open) => {
    expect(isOpen(hours(zone, every('09:00-17:00')), at(iso))).toBe(open);
  });

  test('is open twice in the hour that is repeated', () => {
    const night = hours('Europe/Berlin', every('02:00-03:00'));
    expect(isOpen(night, at('2026-10-25T00:30:00Z'))).toBe(true);
    expect(isOpen(night, at('2026-10-25T01:30:00Z'))).toBe(true);
    expect(isOpen(night, at('2026-10-25T02:00:00Z'))).toBe(false);
  });

  test('closes at midnight, or goes on through it', () => {
    const late = hours('Europe/Berlin', { fri: ['20:00-24:00'] });
    expect(isOpen(late, at('2026-07-03T21:59:59Z'))).toBe(true);
    expect(isOpen(late, at('2026-07-03T22:00:00Z'))).toBe(false);
    const through = hours('Europe/Berlin', { fri: ['20:00-24:00'], sat: ['00:00-02:00'] });
    expect(isOpen(through, at('2026-07-03T22:00:00Z'))).toBe(true);
  });

  test('rests on the days that are left out, between spans, and on holidays', () => {
    const shop = hours('Europe/Berlin', { mon: ['09:00-12:00', '13:00-18:00'] }, ['2026-06-08']);
    expect(isOpen(shop, at('2026-06-01T08:00:00Z'))).toBe(true);
    expect(isOpen(shop, at('2026-06-01T10:30:00Z'))).toBe(false);
    expect(isOpen(shop, at('2026-06-02T08:00:00Z'))).toBe(false);
    expect(isOpen(shop, at('2026-06-08T08:00:00Z'))).toBe(false);
  });

  test('has its holiday in its own time zone', () => {
    const auckland = hours('Pacific/Auckland', every('00:00-24:00'), ['2026-12-25']);
    expect(isOpen(auckland, at('2026-12-24T10:59:59Z'))).toBe(true);
    expect(isOpen(auckland, at('2026-12-24T11:00:00Z'))).toBe(false);
    expect(opensAt(auckland, at('2026-12-24T11:00:00Z'))).toBe(at('2026-12-25T11:00:00Z'));
  });
});

describe('[RT30] the opening', () => {
  test.each([
    ['of the next morning', 'Europe/Berlin', '09:00-17:00', '2026-03-28T16:00Z', '2026-03-29T07:00Z'], // prettier-ignore
    ['of the same day', 'Asia/Kolkata', '09:00-17:00', '2026-06-01T00:00Z', '2026-06-01T03:30Z'],
    ['after the gap', 'Europe/Berlin', '02:30-05:00', '2026-03-29T00:00Z', '2026-03-29T01:00Z'],
    ['after a day that the gap leaves out', 'Europe/Berlin', '02:00-03:00', '2026-03-29T00:59Z', '2026-03-30T00:00Z'], // prettier-ignore
    ['in the hour that comes first', 'Europe/Berlin', '02:30-02:40', '2026-10-25T00:00Z', '2026-10-25T00:30Z'], // prettier-ignore
    ['in the hour that comes again', 'Europe/Berlin', '02:30-02:40', '2026-10-25T00:45Z', '2026-10-25T01:30Z'], // prettier-ignore
    ['in New York', 'America/New_York', '02:30-03:30', '2026-03-08T06:00Z', '2026-03-08T07:00Z'],
    ['in Lord Howe, at the second time', 'Australia/Lord_Howe', '01:45-01:50', '2026-04-04T14:55Z', '2026-04-04T15:15Z'], // prettier-ignore
    ['in the Chathams, whose gap is at a quarter to', 'Pacific/Chatham', '03:46-03:50', '2026-09-26T13:00Z', '2026-09-26T14:01Z'], // prettier-ignore
  ])('%s', (_what, zone, span, from, opening) => {
    expect(opensAt(hours(zone, every(span)), at(from))).toBe(at(opening));
  });

  test('is none while it is open, and none when it never opens', () => {
    expect(opensAt(hours('UTC', every('00:00-24:00')), at('2026-06-01T00:00Z'))).toBeNull();
    expect(opensAt(hours('UTC', {}), at('2026-06-01T00:00Z'))).toBeNull();
  });

  const zones = fc.constantFrom(
    ...['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'],
    ...['Pacific/Chatham', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC'],
  );
  const clock = (minute: number): string =>
    [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const span = fc
    .tuple(fc.nat({ max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .filter(([from, to]) => from < to)
    .map(([from, to]) => `${clock(from)}-${clock(to)}`);
  const week = fc.record(
    Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(span, { maxLength: 2 })])),
    { requiredKeys: [] },
  );
  /** Near the nights in which clocks are put forward and back, and anywhere. */
  const instants = fc
    .tuple(
      fc.constantFrom(
        ...['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04'],
        ...['2026-09-26', '2026-06-01'],
      ),
      fc.integer({ min: -DAY_MS, max: DAY_MS }),
    )
    .map(([day, offset]) => at(day) + offset);

  test('is what a walk from minute to minute finds, and is open', () => {
    fc.assert(
      fc.property(zones, week, instants, (zone, spans, from) => {
        const one = hours(zone, spans);
        const opening = opensAt(one, from);
        const first = Math.floor(from / MINUTE_MS) * MINUTE_MS;
        let walked = isOpen(one, from) ? null : first;
        const end = first + 3 * DAY_MS;
        while (walked !== null && walked < end && !isOpen(one, walked)) walked += MINUTE_MS;
        if (walked === end) expect(opening ?? end).toBeGreaterThanOrEqual(end);
        else expect(opening).toBe(walked);
        if (opening !== null) expect(isOpen(one, opening)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
