// The workspace's API: for pages of Parley's own origin and, except for signing in, out and a new password, for agents.

import { Hono } from 'hono';
import { guarded } from './guarded.ts';
import { limited } from './middleware/limits.ts';
import { ownOriginOnly } from './middleware/origin.ts';
import {
  requireAgent,
  requirePermission,
  requireSignedIn,
  type SignedIn,
} from './middleware/session.ts';
import { accessChanges } from './routes/access-changes.ts';
import { account } from './routes/account.ts';
import { ownAvatar } from './routes/avatars.ts';
import { cannedResponses } from './routes/canned-responses.ts';
import { colleagues } from './routes/colleagues.ts';
import { confirmation } from './routes/confirmation.ts';
import { contactDirectory } from './routes/contact-directory.ts';
import { contactMerges } from './routes/contact-merges.ts';
import { contacts } from './routes/contacts.ts';
import { conversationLists } from './routes/conversation-lists.ts';
import { conversations } from './routes/conversations.ts';
import { directChats } from './routes/direct-chats.ts';
import { invitations } from './routes/invitations.ts';
import { offlineMessages } from './routes/offline-messages.ts';
import { operations } from './routes/operations.ts';
import { push } from './routes/push.ts';
import { passkeySignIn } from './routes/passkey-sign-in.ts';
import { passkeys } from './routes/passkeys.ts';
import { passwordResets } from './routes/password-resets.ts';
import { security } from './routes/security.ts';
import { savedViews } from './routes/saved-views.ts';
import { search } from './routes/search.ts';
import { session } from './routes/session.ts';
import { workspace } from './routes/workspace.ts';
import { writeAgain } from './routes/write-again.ts';

export const workspaceApi = new Hono<SignedIn>()
  .route(
    '/',
    guarded([ownOriginOnly, limited], session, passkeySignIn, passwordResets, accessChanges),
  )
  // An agent who lacks the second factor that they must have sets it up here.
  .route(
    '/',
    guarded([ownOriginOnly, limited, requireSignedIn], account, confirmation, security, passkeys),
  )
  .route(
    '/',
    guarded(
      [ownOriginOnly, limited, requireAgent],
      ownAvatar,
      workspace,
      colleagues,
      contactDirectory,
      contactMerges,
      contacts,
      conversations,
      invitations,
      directChats,
      offlineMessages,
      push,
      cannedResponses,
      writeAgain,
      conversationLists,
      savedViews,
      search,
    ),
  )
  .route(
    '/',
    guarded(
      [ownOriginOnly, limited, requireAgent, requirePermission('deployment.operate')],
      operations,
    ),
  );
