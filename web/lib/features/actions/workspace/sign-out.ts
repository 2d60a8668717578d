import LogOut from '@lucide/svelte/icons/log-out';
import { m } from '#messages/compiled/messages.js';
import type { Action, ActionContext } from '../action.ts';

export const signOut: Action = {
  id: 'signOut',
  label: m.action_sign_out,
  icon: LogOut,
  keys: [],
  how: { perform: (context) => void endSessions(context, '/api/session') },
};

/** @param path of the sessions that end */
export async function endSessions(context: ActionContext, path: string): Promise<void> {
  context.settle();
  if (await context.request(path, { method: 'DELETE' }, null)) context.leave();
}
