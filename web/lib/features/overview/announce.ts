// How what needs an agent calls them: by a sound and a notification, in one of their tabs, unless they see it.

import type { Call } from '#web/lib/live/calls.ts';
import { m } from '#messages/compiled/messages.js';

/** A tab in which the agent sees it comes before the others. */
const OTHERS_WAIT_MS = 200;
/** Until every tab has asked. */
const HELD_MS = 5_000;

interface How {
  /** The agent looks at it in this tab. */
  readonly isSeen: boolean;
  readonly sound: boolean;
  readonly notifications: boolean;
  readonly department: string;
  /** Shows the conversation. */
  readonly open: () => void;
}

export async function announce(call: Call, how: How): Promise<void> {
  if (!(await isMine(call, how.isSeen)) || how.isSeen) return;
  if (how.sound) chime();
  if (how.notifications) notify(call, how.department, how.open);
}

/** Whether no other tab of this browser has taken the call. */
async function isMine({ conversationId, seq }: Call, isSeen: boolean): Promise<boolean> {
  // Not there where the page is not secure: then each tab calls.
  if (!('locks' in navigator)) return true;
  if (!isSeen) await after(OTHERS_WAIT_MS);
  return new Promise((answer) => {
    const name = `parley-call-${conversationId}-${seq}`;
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock && after(HELD_MS);
    });
  });
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Two soft notes. */
function chime(): void {
  if (!navigator.userActivation.hasBeenActive) return; // The browser would keep it back, then be late.
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.05, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0005, audio.currentTime + 0.6);
  volume.connect(audio.destination);
  [659.25, 880].forEach((frequency, i) => {
    const note = audio.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume);
    note.start(audio.currentTime + i * 0.14);
    note.stop(audio.currentTime + 0.6);
    if (i === 1) note.onended = () => void audio.close();
  });
}

function notify(call: Call, department: string, open: () => void): void {
  const shown = new Notification(titleOf(call, department), {
    body: call.text,
    tag: call.conversationId,
  });
  shown.onclick = () => {
    window.focus();
    open();
    shown.close();
  };
}

function titleOf({ reason, name }: Call, department: string): string {
  switch (reason) {
    case 'queued':
      return m.call_queued({ name, department });
    case 'assigned':
      return m.call_assigned({ name });
    case 'invited':
      return m.call_invited({ name });
    case 'message':
      return m.call_message({ name });
  }
}

/** Asks the browser for the permission; true when it is given, and pages may notify at all. */
export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted' && canNotify();
}

/** Chrome on Android has the constructor, and throws at each use. */
function canNotify(): boolean {
  try {
    new Notification(m.call_trial()).close();
    return true;
  } catch {
    return false;
  }
}
