import { expect, test } from 'vitest';
import { daySpan } from './day-span.ts';
import { readTyped } from './typed-query.ts';

const situation = { me: 'noor', spanOf: (day: string) => daySpan(day, 'Europe/Berlin') };
const read = (typed: string) => readTyped(typed, situation);
const parametersOf = (typed: string) => {
  const query = read(typed);
  return query.ok ? query.parameters : query.mistake;
};
const DAY = { from: Date.UTC(2026, 10, 27, 23), to: Date.UTC(2026, 10, 28, 23) };

test.each([
  ['fern stock', { text: 'fern stock' }],
  [' fern ', { text: 'fern' }],
  ['f', null],
  ['', null],
  ['from:me', { from: 'noor', text: '' }],
  ['from:visitor fern', { from: 'visitor', text: 'fern' }],
  ['fern from:"Noor H"', { from: 'Noor H', text: 'fern' }],
  ['has:link', { has: 'link', text: '' }],
  ['on:2026-11-28 fern', { since: String(DAY.from), until: String(DAY.to), text: 'fern' }],
  ['before:28.11.2026 fern', { until: String(DAY.from), text: 'fern' }],
  ['after:28-11-2026', { since: String(DAY.to), text: '' }],
  ['/or+d/i', { pattern: 'or+d', flags: 'i' }],
  ['from:me /a b/ims', { from: 'noor', pattern: 'a b', flags: 'ims' }],
  ['/from:me/', { pattern: 'from:me', flags: '' }],
  ['/ii/ii', { pattern: 'ii', flags: 'i' }],
  ['and/or', { text: 'and/or' }],
  ['https://shop.example', { text: 'https://shop.example' }],
])('[SR12] “%s”', (typed, parameters) => {
  expect(parametersOf(typed)).toEqual(parameters);
});

test.each([
  ['on:2026-02-30', { about: 'day', part: '2026-02-30' }],
  ['before:tomorrow fern', { about: 'day', part: 'tomorrow' }],
  ['after:', { about: 'day', part: '' }],
  ['has:cheese', { about: 'kind', part: 'cheese' }],
  ['/a/iz', { about: 'flag', part: 'z' }],
])('[SR12] what is wrong with “%s”', (typed, mistake) => {
  expect(parametersOf(typed)).toEqual(mistake);
});

test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Asia/Kathmandu', '2026-11-28', 24],
  ['Pacific/Kiritimati', '2026-11-28', 24],
  ['America/St_Johns', '2026-11-28', 24],
  // The day begins at one o'clock.
  ['America/Santiago', '2026-09-06', 23],
])('[SR12] a day in %s, %s, has %i hours', (zone, day, hours) => {
  const { from, to } = daySpan(day, zone);
  expect((to - from) / 3_600_000).toBe(hours);
  const inZone = Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone });
  expect([from - 1, from, to - 1].map((at) => inZone.format(at) === day)).toEqual([
    false,
    true,
    true,
  ]);
});
