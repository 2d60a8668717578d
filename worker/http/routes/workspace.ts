// Everything the workspace's first view is rendered from, in one answer. Mounted at /api.

import { Hono } from 'hono';
import { CLOSED_IN_SIGHT, type Workspace } from '#shared/api.ts';
import type { DepartmentState } from '#shared/department.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId } from '#shared/ids.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import { findPreferences, findShortcuts } from '../../io/account-preferences.ts';
import { formerDepartments } from '../../io/departments.ts';
import { listConversations } from '../../io/conversation-lists.ts';
import { countOfflineMessages } from '../../io/offline-messages.ts';
import { noteSeen } from '../../io/sessions.ts';
import { settingsOf } from '../../io/settings.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';

export const workspace = new Hono<SignedIn>().get('/workspace', async (c) => {
  const { me } = c.var;
  const by = agentBy(me);
  const settings = settingsOf(c.env);
  const { workspace, departments: all, limits } = settings;
  const seesAll = by.permissions.includes('conversation.view-all');
  const watched = all.filter(({ id }) => seesAll || me.departments.includes(id));
  const agent = await c.env.AGENT.getByName(me.agentId).snapshot();
  const departmentIds = seesAll ? null : me.departments;
  const former = seesAll ? await formerDepartments(c.env.DIRECTORY, all) : [];
  const [departments, gone, conversations, closed, offlineMessages, preferences, shortcuts] =
    await Promise.all([
      Promise.all(watched.map(({ id }) => c.env.DEPARTMENT.getByName(id).snapshot(by))),
      Promise.all(former.map(({ id }) => c.env.DEPARTMENT.getByName(id).snapshot(by))),
      Promise.all(agent.slots.map(({ conversationId }) => snapshotOf(c.env, conversationId, by))),
      listConversations(
        c.env.DIRECTORY,
        { departments: departmentIds, agentId: me.agentId },
        {},
        { order: 'closed', limit: CLOSED_IN_SIGHT },
      ),
      countOfflineMessages(c.env.DIRECTORY, departmentIds),
      findPreferences(c.env.DIRECTORY, me.agentId),
      findShortcuts(c.env.DIRECTORY, me.agentId),
      noteSeen(c.env.DIRECTORY, c.var.session.token, Date.now()),
    ]);
  return c.json({
    me,
    preferences,
    shortcuts,
    settings: {
      name: workspace.name,
      maxConversations: me.maxConversations ?? limits.max_conversations_per_agent,
      ...rulesOf(settings),
    },
    agent,
    departments: [
      ...departments.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
      ...gone.flatMap((outcome) => (outcome.ok && isLeft(outcome.value) ? [outcome.value] : [])),
    ],
    former,
    conversations: conversations.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    closed: closed.conversations,
    offlineMessages,
  } satisfies Workspace);
});

/** Whether visitors still wait in a department that is gone. */
const isLeft = ({ queue }: DepartmentState): boolean => queue.length > 0;

const snapshotOf = (env: Env, id: ConversationId, by: AgentPrincipal) =>
  env.CONVERSATION.getByName(id).snapshot(by);
