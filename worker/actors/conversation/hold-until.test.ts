import { expect, test } from 'vitest';
import { atOwnStream, stateOf } from '../../testing/people.ts';
import { passes, served, slotsOf } from '../../testing/served.ts';

const HOUR_S = 3600;
const inAnHour = () => ({ type: 'conversation.hold', until: Date.now() + HOUR_S * 1000 });

test('[RI9] a conversation comes back to its agent when the time has come', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(inAnHour());
  await passes(id, HOUR_S - 60);
  expect(await stateOf(id)).toMatchObject({ status: 'held' });
  expect(await slotsOf(noor)).toEqual([[id, 'on-hold']]);
  await passes(id, 60);
  expect(await stateOf(id)).toMatchObject({ status: 'serving', agent: { id: noor.agentId } });
  expect(await slotsOf(noor)).toEqual([[id, 'serving']]);
});

test('[RI9] where its agent is away by then, it is for the next one', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(inAnHour());
  await atOwnStream(noor, 'away');
  await passes(id, HOUR_S);
  expect(await stateOf(id)).toMatchObject({ status: 'queued' });
});

test('[RI9] a visitor who writes before is served before', async () => {
  const { id, wire, agentWire } = await served();
  await agentWire.must(inAnHour());
  await wire.must({ type: 'message.send', body: { text: 'There?', files: [] } });
  expect(await stateOf(id)).toMatchObject({ status: 'serving' });
});
