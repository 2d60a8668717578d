// Invites a colleague to a conversation by their username, as `/invite` does in the workspace. Mounted at /api.

import { Hono } from 'hono';
import { invitationBody } from '#shared/conversation/invitation.ts';
import { newCommandId } from '#shared/ids.ts';
import { findColleague } from '../../io/agents.ts';
import { auditOwn } from '../audit.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { conversationAt } from './conversations.ts';

export const invitations = new Hono<SignedIn>().post(
  '/conversations/:id/invitations',
  jsonBody(invitationBody),
  async (c) => {
    const conversation = conversationAt(c);
    const by = agentBy(c.var.me);
    const { username } = c.req.valid('json');
    const colleague = await findColleague(c.env.DIRECTORY, username);
    if (colleague?.username !== username) throw new RefusalError('agent.unknown');
    const command = { type: 'agent.invite', agentId: colleague.agentId } as const;
    granted(await conversation.perform(by, command, newCommandId(), 0));
    const about = { id: colleague.agentId, name: colleague.name };
    await auditOwn(c, 'colleague.invited', { conversationId: c.req.param('id') }, about);
    return c.body(null, 204);
  },
);
