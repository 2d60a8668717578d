import { expect, test } from 'vitest';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { EVENTS_PER_PAGE } from '#shared/conversation/snapshot.ts';
import { logOf, OPENING } from '#shared/testing/logs.ts';
import { Jump } from './jump.svelte.ts';

const LOG = logOf(Array.from({ length: 1_000 }, () => OPENING));

/** A conversation of a thousand events, the last hundred of which are loaded. */
function aConversation() {
  const pageBefore = async (seq: number) => {
    const events = LOG.filter((event) => event.seq < seq).slice(-EVENTS_PER_PAGE);
    return { events, hasEarlier: (events[0]?.seq ?? 1) > 1 };
  };
  const store = {
    events: LOG.slice(-EVENTS_PER_PAGE) as readonly ConversationEvent[],
    hasEarlier: true,
    pageBefore,
    async loadEarlier() {
      const page = await pageBefore(store.events[0]?.seq ?? 0);
      store.join(page.events, page.hasEarlier);
    },
    join(events: readonly ConversationEvent[], hasEarlier: boolean) {
      const first = store.events[0]?.seq ?? 0;
      store.events = [...events.filter(({ seq }) => seq < first), ...store.events];
      store.hasEarlier = hasEarlier;
    },
  };
  return { store, jump: new Jump(store) };
}

const spanOf = ({ events }: Jump) => [events[0]?.seq, events.at(-1)?.seq];
const target = (seq: number) => ({ seq, texts: [] });

test('[SR14] what is loaded is shown where it is, and what is near is loaded', async () => {
  const { jump } = aConversation();
  await jump.to(target(950));
  expect([spanOf(jump), jump.isAway]).toEqual([[901, 1000], false]);
  await jump.to(target(750));
  expect([spanOf(jump), jump.isAway, jump.target?.seq]).toEqual([[701, 1000], false, 750]);
});

test('[SR14] what is far is shown with its surroundings, which grow at both ends until they meet the rest', async () => {
  const { jump, store } = aConversation();
  await jump.to(target(500));
  expect([spanOf(jump), jump.isAway, jump.hasEarlier]).toEqual([[450, 549], true, true]);
  await jump.loadEarlier();
  await jump.loadLater();
  expect(spanOf(jump)).toEqual([350, 649]);
  expect(store.events).toHaveLength(100);
  while (jump.isAway) await jump.loadLater();
  expect(jump.events.map(({ seq }) => seq)).toEqual(LOG.slice(349).map(({ seq }) => seq));
  expect([jump.hasEarlier, jump.target?.seq]).toEqual([true, 500]);
});

test('[SR14] there is a way back to the present', async () => {
  const { jump } = aConversation();
  await jump.to(target(1));
  expect([spanOf(jump), jump.hasEarlier]).toEqual([[1, 50], false]);
  jump.back();
  expect([spanOf(jump), jump.isAway, jump.target]).toEqual([[901, 1000], false, null]);
});
