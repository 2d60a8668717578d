import { expect, test } from 'vitest';
import { eventText } from '#messages/event-text.ts';
import { localeFor } from '#messages/locale.ts';
import { visitorEventText } from '#messages/visitor-event-text.ts';

const german = localeFor('de-AT');
const nameless = (id: string | null) => id ?? '';

test('[WS38] the Worker describes an event in the language of its reader', () => {
  const sentence = { key: 'taken', name: 'Noor' } as const;
  expect(visitorEventText(sentence, german)).toBe('Noor ist jetzt für Sie da');
  expect(visitorEventText(sentence, localeFor('sv'))).toBe('Noor joined the conversation');
  const names = { department: nameless, priority: nameless, sla: nameless, field: nameless };
  expect(eventText(sentence, names, german)).toBe('Noor hat das Gespräch übernommen.');
});
