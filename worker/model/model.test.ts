// A random hand plays with Parley, and after each thing it does everything must still be right. Chance comes
// from a seed, so that a failure can be played again: PARLEY_MODEL_SEED=… PARLEY_MODEL_STEPS=… npm test -- model

import { env } from 'cloudflare:workers';
import { afterEach, expect, test, vi } from 'vitest';
import { Random } from '../../tests/support/random.ts';
import { eventually } from '../testing/eventually.ts';
import { agreement } from './checks.ts';
import { doSomething } from './steps.ts';
import { World } from './world.ts';

afterEach(() => void vi.useRealTimers());

/** What is on its way arrives within this; what was lost with a dropped actor comes when its alarm rings. */
const ON_ITS_WAY_MS = 300;
const OUTBOX_SECONDS = 11;

async function settle(world: World): Promise<void> {
  try {
    await vi.waitFor(() => agreement(world), { timeout: ON_ITS_WAY_MS, interval: 3 });
  } catch {
    world.advance(OUTBOX_SECONDS);
    for (const player of world.players) if (player.isOnline) await world.sit(player);
    await world.ring();
    await eventually(() => agreement(world));
  }
}

test('[DC8] [RT10] [RT17] [RT19] [RT27] [RT38] [LF34] whatever is done, everybody has one home, in order and within limits', async () => {
  const { steps, seed } = env.MODEL;
  const world = new World(new Random(seed));
  world.advance(0);
  for (const player of world.players) await world.sit(player, 'available');
  for (let step = 1; step <= steps; step += 1) {
    for (const player of world.players) {
      player.wasThere = player.isOnline && player.availability === 'available';
    }
    try {
      await doSomething(world);
      await settle(world);
    } catch (error) {
      const diary = world.diary.join('\n  ');
      throw new Error(`seed ${seed}, step ${step}:\n  ${diary}\n${String(error)}`, {
        cause: error,
      });
    }
    if (step % 5000 === 0) console.log(`${step} steps, ${Date.now()}`);
  }
  const accepted = [...world.outcomes].filter(([kind]) => kind.endsWith(' accepted'));
  expect(accepted.length).toBeGreaterThanOrEqual(9); // A hand that achieves nothing shows nothing.
}, 3_600_000);
