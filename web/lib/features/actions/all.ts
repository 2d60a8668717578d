// Every action of the workspace, in the order in which they are listed.

import type { Action } from './action.ts';
import { editDetails } from './conversation/edit-details.ts';
import { editTags } from './conversation/edit-tags.ts';
import { end } from './conversation/end.ts';
import { sendAndEnd } from './conversation/send-and-end.ts';
import { forward } from './conversation/forward.ts';
import { hold } from './conversation/hold.ts';
import { holdUntil } from './conversation/hold-until.ts';
import { invite } from './conversation/invite.ts';
import { leave } from './conversation/leave.ts';
import { messages } from './conversation/messages.ts';
import { note } from './conversation/note.ts';
import { reply } from './conversation/reply.ts';
import { requeue } from './conversation/requeue.ts';
import { resume } from './conversation/resume.ts';
import { showPanels } from './conversation/show-panel.ts';
import { take } from './conversation/take.ts';
import { alerts } from './workspace/alerts.ts';
import { account } from './workspace/account.ts';
import { writeAgain } from './conversation/write-again.ts';
import { allConversations } from './workspace/all-conversations.ts';
import { availability } from './workspace/availability.ts';
import { contacts } from './workspace/contacts.ts';
import { inbox } from './workspace/inbox.ts';
import { next } from './workspace/next.ts';
import { nextUnread } from './workspace/next-unread.ts';
import { offlineMessages } from './workspace/offline-messages.ts';
import { palette } from './workspace/palette.ts';
import { previous } from './workspace/previous.ts';
import { search } from './workspace/search.ts';
import { shortcuts } from './workspace/shortcuts.ts';
import { signOutEverywhere } from './workspace/sign-out-everywhere.ts';
import { signOut } from './workspace/sign-out.ts';
import { undo } from './workspace/undo.ts';

export const ACTIONS: readonly Action[] = [
  palette,
  search,
  next,
  previous,
  nextUnread,
  take,
  requeue,
  forward,
  hold,
  holdUntil,
  resume,
  end,
  sendAndEnd,
  leave,
  invite,
  reply,
  messages,
  note,
  writeAgain,
  ...showPanels,
  editDetails,
  editTags,
  undo,
  availability,
  inbox,
  allConversations,
  contacts,
  offlineMessages,
  alerts,
  account,
  shortcuts,
  signOut,
  signOutEverywhere,
];
