import { expect, test } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import type { PresenceSignal } from '#shared/conversation/signals.ts';
import { Presences } from './presences.svelte.ts';

function aConversation(presences: Presences) {
  const id = newConversationId();
  const said: (PresenceSignal | null)[] = [];
  const sayPresence = (signal = presences.sayable(id)) => void said.push(signal);
  return { id, said, sayPresence };
}

const looking = (yes: boolean) => ({ type: 'looking', looking: yes });

test('[RI12] what the agent looks at is said, again to a new connection, and taken back', () => {
  const presences = new Presences();
  const [one, other] = [aConversation(presences), aConversation(presences)];
  const leave = presences.look(one);
  expect(presences.sayable(one.id)).toEqual(looking(true));
  expect(presences.sayable(other.id)).toBeNull();
  leave();
  expect(one.said).toEqual([looking(true), looking(false)]);
  expect(presences.sayable(one.id)).toBeNull();
});

test('[RI12] the next conversation is looked at, whichever is said first', () => {
  const presences = new Presences();
  const [one, other] = [aConversation(presences), aConversation(presences)];
  const leave = presences.look(one);
  presences.look(other);
  leave();
  expect(presences.sayable(other.id)).toEqual(looking(true));
});

test('[RI10] the last word of who is there counts, and other signals do not', () => {
  const presences = new Presences();
  const id = newConversationId();
  expect(presences.of(id)).toBeNull();
  const presence = { type: 'presence', looking: [{ id: 'mara', name: 'Mara' }], page: null };
  presences.hear(id, presence);
  presences.hear(id, { type: 'typing', by: { kind: 'visitor' }, typing: true });
  presences.hear(id, { type: 'presence', looking: 'everybody' });
  expect(presences.of(id)).toEqual(presence);
  expect(presences.of(newConversationId())).toBeNull();
});
