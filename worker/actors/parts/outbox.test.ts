import { runInDurableObject } from 'cloudflare:test';
import { expect, test, vi } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { anAgent, agentActorOf } from '../../testing/people.ts';
import { Outbox, retryDelayMs, type GivenUp } from './outbox.ts';

/** An outbox on real storage, whose deliveries `deliver` decides. */
function withOutbox(
  deliver: (effect: string) => Promise<void>,
  work: (outbox: Outbox<string>, clock: { now: number }) => Promise<void>,
  giveUp: (what: GivenUp) => Promise<void> = async () => undefined,
): Promise<void> {
  return runInDurableObject(agentActorOf(anAgent('Noor')), async (_instance, { storage }) => {
    const clock = { now: 1_000_000 };
    const options = { read: String, deliver, giveUp, now: () => clock.now };
    await work(new Outbox(storage.sql, options), clock);
  });
}

test('[DC6] effects are delivered once each, in order, and then forgotten', async () => {
  const delivered: string[] = [];
  await withOutbox(
    async (effect) => void delivered.push(effect),
    async (outbox) => {
      outbox.post(['a', 'b']);
      outbox.post(['c']);
      await Promise.all([outbox.drain(), outbox.drain()]);
      expect(delivered).toEqual(['a', 'b', 'c']);
      expect(outbox.nextAt()).toBeNull();
    },
  );
});

test('[DC6] what fails is tried again when its time has come, and holds nothing up', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const delivered: string[] = [];
  let isDown = true;
  await withOutbox(
    async (effect) => {
      if (effect === 'mail' && isDown) throw new Error('the mailer is down');
      delivered.push(effect);
    },
    async (outbox, clock) => {
      outbox.post(['index', 'mail', 'queue']);
      outbox.post(['next']);
      await outbox.drain();
      expect(delivered).toEqual(['index', 'queue', 'next']);
      expect(outbox.nextAt()).toBe(clock.now + retryDelayMs(1));
      isDown = false;
      await outbox.drain();
      expect(delivered).not.toContain('mail');
      clock.now += retryDelayMs(1);
      await outbox.drain();
      expect(delivered.filter((effect) => effect === 'mail')).toHaveLength(1);
      expect(outbox.nextAt()).toBeNull();
    },
  );
  vi.restoreAllMocks();
});

test('[DC6] what takes long holds up neither its own row nor later ones, and is delivered once', async () => {
  const delivered: string[] = [];
  const directory = Promise.withResolvers<void>();
  await withOutbox(
    async (effect) => {
      if (effect === 'directory') await directory.promise;
      delivered.push(effect);
    },
    async (outbox, clock) => {
      outbox.post(['directory', 'queue']);
      const first = outbox.drain();
      outbox.post(['slot']);
      const second = outbox.drain();
      await eventually(() => expect(delivered).toEqual(['queue', 'slot']));
      // The alarm rings, since the row has been there for long.
      clock.now += 20_000;
      const third = outbox.drain();
      directory.resolve();
      await Promise.all([first, second, third]);
      expect(delivered).toEqual(['queue', 'slot', 'directory']);
      expect(outbox.nextAt()).toBeNull();
    },
  );
});

test('[DC6] what is posted during a delivery is delivered too', async () => {
  const delivered: string[] = [];
  await withOutbox(
    async (effect) => void delivered.push(effect),
    async (outbox) => {
      outbox.post(['first']);
      const draining = outbox.drain();
      outbox.post(['second']);
      await draining;
      expect(delivered).toEqual(['first', 'second']);
    },
  );
});

test('[DC6] the pause between tries doubles from a second to an hour', () => {
  expect([1, 2, 3, 30].map(retryDelayMs)).toEqual([1_000, 2_000, 4_000, 3_600_000]);
});

test('[DC6] what fails for over an hour is given up visibly, and goes on when it is requeued', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const delivered: string[] = [];
  const givenUp: GivenUp[] = [];
  let isDown = true;
  let isTold = false;
  await withOutbox(
    async (effect) => {
      if (isDown) throw new Error('the mailer is down');
      delivered.push(effect);
    },
    async (outbox, clock) => {
      outbox.post(['mail']);
      for (let day = 0; day < 24 && outbox.nextAt() !== null; day += 1) {
        clock.now += 3_600_000;
        await outbox.drain();
      }
      expect(givenUp).toMatchObject([
        { effects: '["mail"]', problem: 'Error: the mailer is down' },
      ]);
      isDown = false;
      await outbox.drain();
      expect(delivered).toEqual([]);
      outbox.requeue(givenUp[0]?.outboxId ?? 0);
      await outbox.drain();
      expect(delivered).toEqual(['mail']);
    },
    async (what) => {
      // The first time the directory is down as well, and the outbox must not take it for told.
      if (!isTold) {
        isTold = true;
        throw new Error('the directory is down');
      }
      givenUp.push(what);
    },
  );
  vi.restoreAllMocks();
});
