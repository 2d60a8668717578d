// Tells those whom it concerns what has become of a contact.

import type { AgentPrincipal } from '#shared/identity.ts';
import { newCommandId, type ContactId, type ConversationId } from '#shared/ids.ts';
import { openConversationsOf, visitorIdsOf } from '../io/contact-record.ts';
import { settingsOf } from '../io/settings.ts';

/** @param through the conversation beside which the agent did it: told even if it has ended */
export async function tellNewName(
  env: Pick<Env, 'DIRECTORY' | 'CONVERSATION'>,
  contactId: ContactId,
  name: string,
  { by, through }: { by: AgentPrincipal; through: ConversationId | null },
): Promise<void> {
  const ids = await openConversationsOf(env.DIRECTORY, contactId, through);
  const command = { type: 'contact.rename', name } as const;
  await Promise.all(
    ids.map((id) => env.CONVERSATION.getByName(id).perform(by, command, newCommandId(), 0)),
  );
}

/** Departments are the door: they let nobody in who is blocked. */
export async function tellBlocked(
  env: Pick<Env, 'DIRECTORY' | 'DEPARTMENT' | 'settings'>,
  contactId: ContactId,
  isBlocked: boolean,
): Promise<void> {
  const visitorIds = await visitorIdsOf(env.DIRECTORY, contactId);
  await Promise.all(
    settingsOf(env).departments.map(({ id }) =>
      env.DEPARTMENT.getByName(id).setBlocked(visitorIds, isBlocked),
    ),
  );
}
