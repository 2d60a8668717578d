// Notifications that a page shows by itself.

import type { Alert } from '#shared/alerts/alert.ts';
import { previewText } from '#shared/formatting/preview-text.ts';
import { alertTitle } from '#messages/alert-text.ts';
import { m } from '#messages/compiled/messages.js';
import { getLocale } from '#messages/compiled/runtime.js';

/** @param department its name @param open shows what it is about */
export function notify(alert: Alert, department: string, open: () => void): void {
  try {
    const shown = new Notification(alertTitle(alert, department, getLocale()), {
      body: previewText(alert.text),
      tag: alert.about,
    });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Chrome on Android has the constructor, and throws at each use.
  }
}

export type Permission = 'granted' | 'denied' | 'impossible';

/** Asks the browser for the permission, and whether pages may notify at all. */
export async function askToNotify(): Promise<Permission> {
  if (!('Notification' in window)) return 'impossible';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  return canNotify() ? 'granted' : 'impossible';
}

/** Leaves a trial on the screen for as long as the system likes. */
export function canNotify(): boolean {
  try {
    new Notification(m.call_trial(), { body: m.call_trial_text(), tag: 'trial-desktop' });
    return true;
  } catch {
    return false;
  }
}
