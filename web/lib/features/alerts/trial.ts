// Tries out on this device what calls the agent, and says of each whether it works and what to do when it does not.

import { TRIAL_TAG } from '#shared/alerts/push.ts';
import type { AlertPreferences } from '#shared/alerts/preferences.ts';
import { m } from '#messages/compiled/messages.js';
import { askToNotify } from './desktop.ts';
import type { PushDevices } from './push-devices.svelte.ts';
import { play } from './sounds.ts';
import { hearWorker } from './worker-messages.ts';

const PUSH_WITHIN_MS = 10_000;

export interface Result {
  readonly works: boolean;
  readonly text: string;
}

const result = (works: boolean, text: string): Result => ({ works, text });

export async function trySound({ sound, volume }: AlertPreferences): Promise<Result> {
  return (await play(sound, volume))
    ? result(true, m.alerts_test_sound_works())
    : result(false, m.alerts_test_sound_fails());
}

export async function tryDesktop(): Promise<Result> {
  const permission = await askToNotify();
  if (permission === 'denied') return result(false, m.alerts_test_desktop_denied());
  return permission === 'granted'
    ? result(true, m.alerts_test_desktop_works())
    : result(false, m.alerts_test_desktop_fails());
}

export async function tryPush(devices: PushDevices): Promise<Result> {
  if (!devices.own) return result(false, m.alerts_test_push_off());
  const arrival = arrivalOfTrial();
  try {
    const outcome = await devices.test(devices.own);
    if (outcome === 'gone') return result(false, m.alerts_test_push_gone());
    if (outcome === 'failed') return result(false, m.alerts_test_push_failed());
    return (await arrival.isHere)
      ? result(true, m.alerts_test_push_works())
      : result(false, m.alerts_test_push_late());
  } catch {
    return result(false, m.notice_offline());
  } finally {
    arrival.stop();
  }
}

function arrivalOfTrial(): { isHere: Promise<boolean>; stop: () => void } {
  let stop = () => {};
  const isHere = new Promise<boolean>((arrived) => {
    const late = setTimeout(() => arrived(false), PUSH_WITHIN_MS);
    const deaf = hearWorker((message) => {
      if (message.type === 'pushed' && message.tag === TRIAL_TAG) arrived(true);
    });
    stop = () => {
      clearTimeout(late);
      deaf();
    };
  });
  return { isHere, stop };
}
