import { expect, test } from 'vitest';
import { deviceText, languageText, localTimeText } from './visitor-text.ts';

test('[RI11] the device is told in words, as far as it is known', () => {
  expect(deviceText({ browser: 'Firefox 145', system: 'Windows' })).toBe('Firefox 145, Windows');
  expect(deviceText({ browser: null, system: 'iPhone' })).toBe('iPhone');
  expect(deviceText({ browser: null, system: null })).toBeNull();
});

test('[RI11] the language is named in the reader’s', () => {
  expect(languageText('de-AT', 'en-GB')).toBe('Austrian German');
  expect(languageText('pt', 'de')).toBe('Portugiesisch');
  expect(languageText('not a tag', 'en')).toBe('not a tag');
});

test('[RI11] the local time is that of the visitor’s zone, if there is one of that name', () => {
  const at = Date.UTC(2026, 6, 1, 22, 30);
  expect(localTimeText(at, 'Asia/Tokyo', 'en-GB')).toBe('Thu 07:30');
  expect(localTimeText(at, 'America/New_York', 'en-GB')).toBe('Wed 18:30');
  expect(localTimeText(at, 'Mars/Olympus', 'en-GB')).toBeNull();
});
