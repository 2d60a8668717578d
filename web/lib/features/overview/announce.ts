// How a new queued chat calls an agent who is not looking.

import type { QueueEntry } from '#shared/department.ts';
import { m } from '#messages/compiled/messages.js';

/** Two soft notes. */
export function chime(): void {
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

export function notify(entry: QueueEntry, department: string, open: () => void): void {
  const shown = new Notification(m.queue_notification({ name: entry.visitorName, department }), {
    body: entry.preview,
    tag: entry.conversationId,
  });
  shown.onclick = () => {
    window.focus();
    open();
    shown.close();
  };
}

/** Asks the browser for the permission; true when it is given. */
export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}
