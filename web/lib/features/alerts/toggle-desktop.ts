// Whether this device shows notifications of open tabs: the browser is asked for it.

import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#messages/compiled/messages.js';
import type { Preferences } from '../actions/preferences.svelte.ts';
import { askToNotify } from './desktop.ts';

export async function toggleDesktop(
  on: boolean,
  preferences: Preferences,
  notices: Notices,
): Promise<void> {
  const isAllowed = !on || (await askToNotify()) === 'granted';
  if (isAllowed) preferences.set('notifications', on);
  else notices.fail(m.notice_notifications_denied());
}
