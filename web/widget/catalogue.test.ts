import { expect, test } from 'vitest';
import { catalogueOf, sentenceNames } from './catalogue.ts';
import { setLanguage, sentence } from './panel/runtime.ts';

const MESSAGES = {
  sidebar_label: 'Conversations',
  widget_typing: '{name} is typing…',
  widget_ahead: [
    {
      declarations: ['input count', 'local form = count: plural'],
      selectors: ['form'],
      match: {
        'form=one': '{count} person',
        'form=few': '{count} few',
        'form=other': '{count} people',
      },
    },
  ],
};
const names = sentenceNames(MESSAGES);
const say = (name: string) => sentence(names.indexOf(name));

test('[WG6] the widget knows its own sentences, with their blanks', () => {
  expect(names).toEqual(['widget_ahead', 'widget_typing']);
  setLanguage('en', catalogueOf(names, MESSAGES));
  expect(say('widget_typing')({ name: 'Ada' })).toBe('Ada is typing…');
});

test.each([
  ['en', 1, '1 person'],
  ['en', 2, '2 people'],
  ['pl', 2, '2 few'],
  // A form that is not there is told by the one that always is.
  ['pl', 5, '5 people'],
])('[WG6] in %s, %i is counted as “%s”', (locale, count, told) => {
  setLanguage(locale, catalogueOf(names, MESSAGES));
  expect(say('widget_ahead')({ count })).toBe(told);
});

test('a message that needs more than plurals is refused when the widget is built', () => {
  const gendered = [{ declarations: ['input who'], selectors: ['who'], match: { 'who=she': '' } }];
  expect(() => catalogueOf(['widget_x'], { widget_x: gendered })).toThrow('widget_x');
  expect(() => catalogueOf(['widget_x'], {})).toThrow('widget_x');
});
