// How what needs an agent calls them in their browser: by a sound and a notification, in one of their tabs, unless they
// see it. What nobody sees is told to the server, which calls them elsewhere.

import type { Alert } from '#shared/alerts/alert.ts';
import { isTold, type AlertPreferences } from '#shared/alerts/preferences.ts';
import { notify } from './desktop.ts';
import { play } from './sounds.ts';

/** A tab in which the agent sees it comes before the others. */
const OTHERS_WAIT_MS = 200;
/** Until every tab has asked. */
const HELD_MS = 5_000;
const REPEATED_EVERY_MS = 10_000;
/** Who has not come by then is not in the room. */
const REPEATED_FOR_MS = 300_000;
/** Heard by the other tabs of the browser: the agent is here again. */
const CHANNEL = 'parley-alerts';

interface Ports {
  /** The agent looks at it in this tab. */
  readonly isSeen: (alert: Alert) => boolean;
  /** It needs nobody any more. */
  readonly isOver: (alert: Alert) => boolean;
  readonly preferences: () => AlertPreferences;
  /** Whether this device may do so. */
  readonly sounds: () => boolean;
  readonly notifies: () => boolean;
  readonly department: (alert: Alert) => string;
  readonly open: (path: string) => void;
  readonly unseen: (alert: Alert) => void;
  readonly seen: (alert: Alert) => void;
}

export class Announcements {
  readonly #ports: Ports;
  /** What this tab has called to and has not shown since, by what it is about. */
  readonly #unseen = new Map<string, Alert>();
  #repeating: ReturnType<typeof setInterval> | undefined;
  #channel: BroadcastChannel | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Only in a browser. Answers with a function that ends it. */
  start(): () => void {
    if (typeof BroadcastChannel === 'undefined') return () => {};
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = () => this.#hush();
    return () => {
      this.#hush();
      this.#channel?.close();
    };
  }

  async announce(alert: Alert): Promise<void> {
    const { isSeen, preferences, sounds, notifies, department, open, unseen, seen } = this.#ports;
    if (!(await isMine(alert, isSeen(alert)))) return;
    if (isSeen(alert)) return seen(alert);
    this.#unseen.set(alert.about, alert);
    unseen(alert);
    const isToldBy = (way: 'sound' | 'desktop') =>
      isTold(preferences(), alert.reason, way, Date.now());
    if (sounds() && isToldBy('sound')) this.#ring();
    if (notifies() && isToldBy('desktop')) notify(alert, department(alert), () => open(alert.path));
  }

  /** The agent has turned to this tab, or to another page of it. */
  look(): void {
    this.#hush();
    this.#channel?.postMessage('here');
    for (const alert of this.#unseen.values()) {
      if (!this.#ports.isSeen(alert)) continue;
      this.#unseen.delete(alert.about);
      this.#ports.seen(alert);
    }
  }

  #ring(): void {
    const { sound, volume, repeat } = this.#ports.preferences();
    void alone(() => play(sound, volume));
    if (!repeat || this.#repeating !== undefined) return;
    const until = Date.now() + REPEATED_FOR_MS;
    this.#repeating = setInterval(() => {
      if (Date.now() > until || !this.#isNeeded()) return this.#hush();
      void alone(() => play(sound, volume));
    }, REPEATED_EVERY_MS);
  }

  #isNeeded(): boolean {
    for (const [about, alert] of this.#unseen) {
      if (this.#ports.isOver(alert)) this.#unseen.delete(about);
    }
    return this.#unseen.size > 0;
  }

  #hush(): void {
    clearInterval(this.#repeating);
    this.#repeating = undefined;
  }
}

/** Whether no other tab of this browser has taken the call. */
async function isMine({ about, seq }: Alert, isSeen: boolean): Promise<boolean> {
  // Not there where the page is not secure: then each tab calls.
  if (!('locks' in navigator)) return true;
  if (!isSeen) await after(OTHERS_WAIT_MS);
  return new Promise((answer) => {
    const name = `parley-call-${about}-${seq}`;
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock && after(HELD_MS);
    });
  });
}

/** Two tabs never sound at once, even if each has a call of its own. */
async function alone(sound: () => Promise<boolean>): Promise<void> {
  if (!('locks' in navigator)) return void (await sound());
  await navigator.locks.request('parley-sound', { ifAvailable: true }, (lock) => lock && sound());
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
