import { runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { anAgent, agentActorOf } from '../../testing/people.ts';
import { Timers } from './timers.ts';

test('[TM1] timers are taken when due, once, and the earliest is next', async () => {
  await runInDurableObject(agentActorOf(anAgent('Noor')), (_instance, { storage }) => {
    const timers = new Timers<'one' | 'two'>(storage.sql);
    timers.set('one', 100);
    timers.set('two', 200);
    expect(timers.nextAt()).toBe(100);
    expect(timers.takeDue(99)).toEqual([]);
    expect(timers.takeDue(100)).toEqual(['one']);
    expect(timers.takeDue(100)).toEqual([]);
    timers.set('two', 300);
    expect(timers.takeDue(250)).toEqual([]);
    timers.cancel('two');
    expect(timers.nextAt()).toBeNull();
  });
});
