// No function over text from outside throws, or takes long, whatever the text is.

import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { cleaned, isBlank, shortened } from '#shared/text.ts';
import { hostileTexts } from '#shared/testing/hostile-texts.ts';
import { mailto } from '#web/lib/features/offline-messages/mailto.ts';
import MessageText from '#web/lib/thread/MessageText.svelte';
import { hueOf, initialsOf } from '#web/lib/ui/initials.ts';
import type { DepartmentId, OfflineMessageId } from '#shared/ids.ts';
import { blocksOf } from '#shared/formatting/formatting.ts';
import { previewText } from '#shared/formatting/preview-text.ts';
import { linkify } from '#shared/formatting/linkify.ts';

const MOST_MS = 50;

/** CPU that the fastest of three takes: what else the machine does is not counted. */
function cpuMs(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...times);
}

const offlineMessage = (text: string) => ({
  ...{ id: '' as OfflineMessageId, departmentId: '' as DepartmentId, name: text, email: text },
  ...{ text, sentAt: 0, doneBy: null, doneAt: null },
});

const WORK: Record<string, (text: string) => unknown> = {
  cleaned,
  isBlank,
  shortened: (text) => shortened(text, 140),
  linkify,
  blocksOf,
  previewText,
  'a message’s text': (text) => render(MessageText, { props: { text } }).body,
  mailto: (text) => mailto(offlineMessage(text), 'Your message'),
  initialsOf,
  hueOf,
};

test.each(hostileTexts())('[WP10] %s', (_name, text) => {
  for (const [name, work] of Object.entries(WORK)) {
    expect(
      cpuMs(() => work(text)),
      name,
    ).toBeLessThan(MOST_MS);
  }
});

test('[WP10] what is shown of a hostile text is the text', () => {
  for (const [, text] of hostileTexts()) {
    const shown = linkify(text).map((piece) => piece.text);
    expect(shown.join('') === text).toBe(true);
  }
});
