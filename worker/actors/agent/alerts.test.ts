// What an agent does not see, on its way from a tab to their devices.

import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, expect, test, vi } from 'vitest';
import type { Alert } from '#shared/alerts/alert.ts';
import { DEFAULT_PREFERENCES, withWay, type AlertPreferences } from '#shared/alerts/preferences.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { newConversationId, type DepartmentId } from '#shared/ids.ts';
import { departmentOf } from '../../testing/departments.ts';
import { endSessionOf, withDevice } from '../../testing/devices.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  agentActorOf,
  anAgent,
  aQueuedConversation,
  at,
  atDepartment,
  atOwnStream,
  aVisitor,
  SALES,
} from '../../testing/people.ts';
import { usePushService } from '../../testing/push.ts';
import { forwardTo, inRoster, waits } from '../../testing/served.ts';

const service = usePushService();
afterEach(() => vi.useRealTimers());

/** Time passes, and the agent's alarm rings. */
async function passes(agent: AgentPrincipal, seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000);
  await runDurableObjectAlarm(agentActorOf(agent));
}

/** An agent with a device and a tab, who serves a visitor. */
async function scene(departmentId: DepartmentId = SALES) {
  const agent = anAgent('Mara', { departments: [departmentId] });
  const device = await withDevice(agent, service());
  const own = await atOwnStream(agent);
  const { id, wire: visitor } = await aQueuedConversation(aVisitor(), departmentId);
  const wire = await at(id, agent);
  await wire.must({ type: 'conversation.take' });
  await own.event('slot.held');
  // What there was is before their eyes.
  wire.signal({ type: 'receipt', delivered: wire.seq, seen: wire.seq });
  const says = (text: string) => visitor.must({ type: 'message.send', body: textBody(text) });
  const seen = (seq: number) => wire.signal({ type: 'receipt', delivered: seq, seen: seq });
  const unseen = () =>
    own.must({ type: 'alert.unseen', conversationId: id, departmentId, seq: visitor.seq });
  const leave = async () => {
    for (const socket of [own, wire]) {
      socket.close();
      await socket.closed;
    }
  };
  const shown = () => service().shownOn(device);
  return { agent, device, own, wire, id, visitor, says, seen, unseen, leave, shown };
}

const prefer = (preferences: AlertPreferences) => ({ type: 'alerts.set', preferences });
const quietNow = (): AlertPreferences => ({
  ...DEFAULT_PREFERENCES,
  quiet: { from: '00:00', to: '23:59', timeZone: 'UTC' },
});

test('[AL4] what no tab shows is pushed after a while, in the words of its language', async () => {
  const { agent, id, says, unseen, shown } = await scene();
  await says('Are you there?');
  await unseen();
  await passes(agent, 15);
  expect(shown()).toEqual([]);
  await evictDurableObject(agentActorOf(agent));
  await passes(agent, 6);
  await eventually(() =>
    expect(shown()).toMatchObject([
      {
        title: expect.stringMatching(/^Visitor \w+ wrote$/) as string,
        body: 'Are you there?',
        tag: id,
        path: `/inbox/${id}`,
      },
    ]),
  );
  await passes(agent, 60);
  expect(shown()).toHaveLength(1);
});

test('[AL4] what is seen in the meantime is not pushed', async () => {
  const { agent, visitor, wire, says, seen, unseen, shown } = await scene();
  await says('Are you there?');
  await unseen();
  seen(visitor.seq);
  await wire.command({ type: 'details.set', topic: 'Ferns' }); // Answered after the receipt was heard.
  await passes(agent, 30);
  expect(shown()).toEqual([]);
});

test('[AL5] without a tab a message is pushed within seconds, and what follows at once is told along', async () => {
  const { agent, says, leave, shown } = await scene();
  await leave();
  await says('Are you there?');
  await says('Hello?');
  await eventually(async () => {
    await passes(agent, 6);
    expect(shown()).toMatchObject([{ body: 'Hello?' }]);
  });
});

test('[AL5] an agent whose tabs went by themselves is still called; one who went away or signed out is not', async () => {
  const keeping = departmentOf('keeping');
  const [gone, away, out] = [await scene(keeping), await scene(keeping), await scene(keeping)];
  await away.own.must({ type: 'availability.set', availability: 'away' });
  await agentActorOf(out.agent).signOut();
  for (const one of [gone, away]) {
    await one.leave();
    await eventually(async () => {
      await passes(one.agent, 40);
      expect((await agentActorOf(one.agent).snapshot()).availability).toBe('away');
    });
  }
  for (const one of [gone, away, out]) await one.says('Hello?');
  await eventually(async () => {
    for (const { agent } of [gone, away, out]) await passes(agent, 6);
    expect(gone.shown()).toHaveLength(1);
  });
  expect([away.shown(), out.shown()]).toEqual([[], []]);
});

test('[AL5] what was never seen is pushed when the last tab has been gone for the grace period', async () => {
  const { agent, says, leave, shown } = await scene(departmentOf('keeping'));
  await says('Hello?');
  await leave();
  await eventually(async () => {
    await passes(agent, 40);
    expect(shown()).toHaveLength(1);
  });
});

test('[AL1] [AL2] nothing is pushed in quiet hours, or that the agent does not want pushed', async () => {
  for (const preferences of [quietNow(), withWay(DEFAULT_PREFERENCES, 'message', 'push', false)]) {
    const { agent, own, says, unseen, shown } = await scene();
    await own.must(prefer(preferences));
    await says('Hello?');
    await unseen();
    await passes(agent, 30);
    await passes(agent, 30);
    expect(shown()).toEqual([]);
  }
});

test('[AL1] what an agent prefers is on all their devices, and survives an eviction', async () => {
  const agent = anAgent('Mara');
  const [one, other] = [await atOwnStream(agent), await atOwnStream(agent)];
  const preferences = withWay(DEFAULT_PREFERENCES, 'queued', 'sound', false);
  const told = other.event('alerts.changed');
  await one.must(prefer(preferences));
  expect(await told).toMatchObject({ preferences });
  await evictDurableObject(agentActorOf(agent));
  expect((await agentActorOf(agent).snapshot()).alerts).toEqual(preferences);
});

test('[AL11] a device that takes no more is forgotten, and one whose session is over is told nothing', async () => {
  const [gone, over] = [await scene(), await scene()];
  service().statuses.push(410);
  await endSessionOf(over.agent);
  for (const one of [gone, over]) {
    await one.says('Hello?');
    await one.unseen();
    await passes(one.agent, 25);
  }
  await eventually(() => expect(service().statuses).toEqual([]));
  await gone.says('Hello?');
  await gone.unseen();
  await passes(gone.agent, 100);
  expect([gone.shown(), over.shown()]).toEqual([[], []]);
});

test('[AL11] what a push service can’t take now is tried again', async () => {
  const { agent, says, unseen, shown } = await scene();
  service().statuses.push(503, 429);
  await says('Hello?');
  await unseen();
  await eventually(async () => {
    await passes(agent, 30);
    expect(shown()).toHaveLength(1);
  });
});

test('[AL6] what waits calls by their devices those who have no tab there, unless it is taken at once', async () => {
  const mara = anAgent('Mara');
  const noor = anAgent('Noor');
  const devices = [await withDevice(mara, service()), await withDevice(noor, service(), 'de')];
  const [one, other] = devices.map((device) => () => service().shownOn(device));
  await inRoster(mara, () => atOwnStream(mara));
  await inRoster(noor, () => atOwnStream(noor));
  await atDepartment(SALES, mara);
  const { id: taken } = await aQueuedConversation();
  await waits(SALES, taken);
  const third = anAgent('Tom');
  await atOwnStream(third);
  await (await at(taken, third)).must({ type: 'conversation.take' });
  await passes(noor, 30);
  expect(other?.()).toEqual([]);
  vi.setSystemTime(Date.now() + 120_000);
  const { id } = await aQueuedConversation();
  await eventually(async () => {
    await passes(noor, 30);
    expect(other?.()).toMatchObject([
      { title: expect.stringMatching(/wartet in Sales$/) as string, tag: id },
    ]);
  });
  expect(one?.()).toEqual([]);
});

test('[AL5] a conversation that a colleague hands over is pushed to an agent without a tab', async () => {
  const { wire, id } = await scene();
  const noor = anAgent('Noor');
  const device = await withDevice(noor, service());
  const tab = await atOwnStream(noor);
  tab.close();
  await tab.closed;
  await wire.must(forwardTo(noor));
  await eventually(async () => {
    await passes(noor, 6);
    expect(service().shownOn(device)).toMatchObject([
      { title: expect.stringMatching(/is yours to answer$/) as string, tag: id },
    ]);
  });
});

test('[AL3] what no stream of a tab tells of comes by the agent’s own, once, and is pushed when no tab shows it', async () => {
  const { agent, own, shown } = await scene();
  const about = newConversationId();
  const alert = (seq: number): Alert => ({
    ...{ reason: 'direct', about, seq, name: 'Noor', departmentId: null },
    ...{ text: `Line ${seq}`, path: `/direct/${about}` },
  });
  const told = own.event('alert.raised');
  for (let twice = 0; twice < 2; twice++) await agentActorOf(agent).alert(alert(1));
  expect(await told).toMatchObject({ alert: alert(1) });
  await agentActorOf(agent).alert(alert(2));
  await eventually(async () => {
    await passes(agent, 25);
    expect(shown()).toMatchObject([{ title: 'Noor wrote to you', body: 'Line 2' }]);
  });
  expect(own.events().filter(({ type }) => type === 'alert.raised')).toHaveLength(2);
  vi.setSystemTime(Date.now() + 120_000);
  await agentActorOf(agent).alert(alert(3));
  await own.must({ type: 'alert.seen', about, seq: 3 });
  await passes(agent, 25);
  expect(shown()).toHaveLength(1);
});
