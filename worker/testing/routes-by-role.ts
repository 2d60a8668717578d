// Who may use which route and socket: what each of those who could try is answered. The test of authorisation walks it.

import { NO_PREFERENCES } from '#shared/account/preferences.ts';
import { newCommandId, newConversationId, newOfflineMessageId, newVisitorId } from '#shared/ids.ts';
import { PASSWORD } from './accounts.ts';
import { directoryRoutes } from './directory-routes.ts';
import { aSubscription } from './push.ts';

/** Those who try. The conversation is in Sales; the admin belongs to no department. */
export const ROLES = [
  'nobody',
  'another visitor',
  'the visitor',
  'outsider',
  'agent',
  'monitor',
  'manager',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];
export const AGENTS: readonly Role[] = ['outsider', 'agent', 'monitor', 'manager', 'admin'];

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const NAMED = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} };
const CREDENTIAL = {
  ...NAMED,
  response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA', transports: [] },
};
const USED_CREDENTIAL = {
  ...NAMED,
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};
const everybody = (status: number) => Object.fromEntries(ROLES.map((role) => [role, status]));
const agentsOnly = (status: number) => ({
  ...everybody(401),
  ...Object.fromEntries(AGENTS.map((role) => [role, status])),
});

const operatorsOnly = (status: number) => ({ ...agentsOnly(403), admin: status });

const aCannedResponse = (more = {}) =>
  JSON.stringify({
    ...{ shortcut: crypto.randomUUID(), text: 'Hello', tags: [], scope: { kind: 'private' } },
    ...more,
  });

export const ROUTES: Record<string, { expected: Record<string, number>; body?: () => BodyInit }> = {
  'GET /api/health': { expected: everybody(200) },
  'POST /api/visitors': { expected: everybody(201) },
  'POST /api/visitors/renewal': {
    expected: { ...everybody(401), 'another visitor': 200, 'the visitor': 200 },
  },
  // Nobody is asked here to show that they are human.
  'GET /api/check': { expected: everybody(404) },
  'POST /api/checks': { expected: everybody(404) },
  'GET /api/widget': { expected: everybody(200) },
  'GET /api/conversations/:id': { expected: { ...agentsOnly(200), outsider: 404 } },
  'GET /api/conversations/:id/events': {
    expected: { ...everybody(200), nobody: 401, 'another visitor': 404, outsider: 404 },
  },
  ...directoryRoutes(agentsOnly),
  // The contact's conversation is in Sales; to the outsider the contact is foreign.
  'GET /api/contacts/:id': { expected: { ...agentsOnly(200), outsider: 404 } },
  'GET /api/contacts/:id/changes': { expected: { ...agentsOnly(200), outsider: 404 } },
  'GET /api/contacts/:id/conversations': { expected: { ...agentsOnly(200), outsider: 404 } },
  'PATCH /api/contacts/:id': {
    expected: { ...agentsOnly(200), outsider: 404 },
    body: () => JSON.stringify({ name: 'Iris' }),
  },
  'PUT /api/contacts/:id/block': { expected: { ...agentsOnly(204), agent: 403, outsider: 403 } },
  'DELETE /api/contacts/:id/block': { expected: { ...agentsOnly(204), agent: 403, outsider: 403 } },
  // It has not ended; who may not read it does not learn that.
  'POST /api/conversations/:id/next': {
    expected: { ...agentsOnly(409), outsider: 404 },
    body: () =>
      JSON.stringify({
        ...{ conversationId: newConversationId(), commandId: newCommandId() },
        body: { text: 'Hello again', files: [] },
      }),
  },
  'GET /api/conversations': { expected: agentsOnly(200) },
  'GET /api/conversations.csv': { expected: agentsOnly(200) },
  'POST /api/conversations/:id/commands': {
    expected: {
      ...agentsOnly(403),
      outsider: 404,
      monitor: 200,
      manager: 200,
      admin: 200,
      agent: 409,
    },
    body: () => JSON.stringify({ id: newCommandId(), command: { type: 'details.set', tags: [] } }),
  },
  'GET /api/saved-views': { expected: agentsOnly(200) },
  'PUT /api/saved-views': {
    expected: agentsOnly(204),
    body: () => JSON.stringify({ name: 'Late', query: 'due=late' }),
  },
  'DELETE /api/saved-views/:name': { expected: agentsOnly(204) },
  'GET /api/conversations/:id/search': { expected: { ...agentsOnly(200), outsider: 404 } },
  'GET /api/search': { expected: agentsOnly(200) },
  'GET /api/me': { expected: agentsOnly(200) },
  'PUT /api/me/name': { expected: agentsOnly(204), body: () => JSON.stringify({ name: 'Kim' }) },
  'PUT /api/me/preferences': {
    expected: agentsOnly(204),
    body: () => JSON.stringify(NO_PREFERENCES),
  },
  'PUT /api/me/shortcuts': { expected: agentsOnly(204), body: () => '{"end":["mod+."]}' },
  'GET /api/me/security': { expected: agentsOnly(200) },
  'PUT /api/me/password': {
    expected: agentsOnly(401),
    body: () => JSON.stringify({ current: 'wrong', next: 'a new password', endOthers: false }),
  },
  'POST /api/me/two-factor': { expected: agentsOnly(200) },
  'POST /api/me/two-factor/confirmation': {
    expected: agentsOnly(401),
    body: () => JSON.stringify({ code: '000000' }),
  },
  'DELETE /api/me/two-factor': { expected: agentsOnly(409) },
  'POST /api/me/recovery-codes': { expected: agentsOnly(409) },
  'POST /api/me/passkeys/options': { expected: agentsOnly(200) },
  'POST /api/me/passkeys': {
    expected: agentsOnly(401),
    body: () => JSON.stringify({ name: 'Phone', credential: CREDENTIAL }),
  },
  'PUT /api/me/passkeys/:id': {
    expected: agentsOnly(404),
    body: () => JSON.stringify({ name: 'Phone' }),
  },
  'DELETE /api/me/passkeys/:id': { expected: agentsOnly(404) },
  'GET /api/workspace': { expected: agentsOnly(200) },
  'GET /api/colleagues': { expected: agentsOnly(200) },
  'PUT /api/me/avatar': { expected: agentsOnly(204), body: () => PNG },
  'DELETE /api/me/avatar': { expected: agentsOnly(204) },
  'GET /files/avatars/:agentId': { expected: everybody(404) },
  'POST /api/session': {
    expected: everybody(401),
    // Another one each time, or the last would find the e-mail locked.
    body: () => JSON.stringify({ email: `${crypto.randomUUID()}@parley.test`, password: 'wrong' }),
  },
  'POST /api/session/second-factor': {
    expected: everybody(401),
    body: () => JSON.stringify({ code: '000000', isRecovery: false }),
  },
  'POST /api/session/confirmation': {
    expected: agentsOnly(204),
    body: () => JSON.stringify({ password: PASSWORD }),
  },
  'POST /api/session/passkey/options': { expected: everybody(200) },
  'POST /api/session/passkey': {
    expected: everybody(401),
    body: () => JSON.stringify({ credential: USED_CREDENTIAL }),
  },
  // The one who has a link may use it.
  'GET /api/password-resets/:token': { expected: everybody(404) },
  'POST /api/password-resets': {
    expected: everybody(404),
    body: () => JSON.stringify({ token: 'none', password: 'a new password' }),
  },
  // The one who knows the id of a change may tell of it.
  'POST /api/access-changes/:id': { expected: everybody(404) },
  'GET /api/undelivered': { expected: operatorsOnly(200) },
  'POST /api/undelivered/:id/requeue': { expected: operatorsOnly(404) },
  'POST /api/rebuild': {
    expected: operatorsOnly(200),
    body: () => JSON.stringify({ projection: 'index', departmentId: 'sales', after: null }),
  },
  'POST /api/queue/end': {
    expected: operatorsOnly(200),
    body: () =>
      JSON.stringify({
        ...{ departmentId: 'sales', visitorId: newVisitorId() },
        ...{ openedBefore: null, after: null },
      }),
  },
  'POST /api/offline-messages': {
    expected: { ...everybody(401), 'another visitor': 204, 'the visitor': 204 },
    body: () =>
      JSON.stringify({
        ...{ id: newOfflineMessageId(), departmentId: 'form' },
        ...{ name: 'Ivy', email: 'ivy@shop.example', text: 'Hello' },
      }),
  },
  'POST /api/conversations/:id/invitations': {
    // Nobody serves it. Those who may see it hear that, and no others that it is there.
    expected: { ...agentsOnly(409), outsider: 404 },
    body: () => JSON.stringify({ username: 'manager' }),
  },
  'GET /api/direct-chats/:colleague': { expected: { ...agentsOnly(200), manager: 404 } },
  'GET /api/direct-chats/:colleague/events': { expected: { ...agentsOnly(200), manager: 404 } },
  'GET /api/direct-chats/:colleague/search': { expected: { ...agentsOnly(200), manager: 404 } },
  'GET /api/offline-messages': { expected: agentsOnly(200) },
  'POST /api/offline-messages/:id/done': { expected: agentsOnly(404) },
  'GET /api/push': { expected: agentsOnly(200) },
  'PUT /api/push/subscription': {
    expected: agentsOnly(204),
    body: () => JSON.stringify(aSubscription()),
  },
  'DELETE /api/push/devices/:id': { expected: agentsOnly(404) },
  'POST /api/push/devices/:id/test': { expected: agentsOnly(404) },
  'GET /api/sessions': { expected: agentsOnly(200) },
  'DELETE /api/sessions/others': { expected: agentsOnly(204) },
  'DELETE /api/sessions/:id': { expected: agentsOnly(404) },
  'GET /api/conversations/:id/placeholders': { expected: { ...agentsOnly(200), outsider: 404 } },
  // Which of them an agent may see and save: canned-responses-access.test.ts.
  'GET /api/canned-responses': { expected: agentsOnly(200) },
  'POST /api/canned-responses': { expected: agentsOnly(201), body: aCannedResponse },
  'POST /api/canned-responses/import': {
    expected: agentsOnly(200),
    body: () => JSON.stringify({ responses: [] }),
  },
  'PUT /api/canned-responses/:id': {
    expected: agentsOnly(404),
    body: () => aCannedResponse({ revision: 1 }),
  },
  'DELETE /api/canned-responses/:id': { expected: agentsOnly(404) },
  'DELETE /api/session': { expected: everybody(204) },
  'DELETE /api/sessions': { expected: agentsOnly(204) },
};

export const SOCKETS: Record<string, Record<string, string | number>> = {
  'GET /ws/conversations/:id': {
    ...Object.fromEntries(ROLES.map((role) => [role, 'welcome'])),
    nobody: 4401,
    'another visitor': 4403,
    outsider: 4403,
  },
  'GET /ws/departments/:id': {
    ...Object.fromEntries(ROLES.map((role) => [role, 4401])),
    outsider: 4403,
    agent: 'welcome',
    monitor: 'welcome',
    manager: 'welcome',
    admin: 'welcome',
  },
  // Of the agent and the manager.
  'GET /ws/direct-chats/:pair': {
    ...Object.fromEntries(ROLES.map((role) => [role, 4401])),
    ...Object.fromEntries(AGENTS.map((role) => [role, 4403])),
    agent: 'welcome',
    manager: 'welcome',
  },
  'GET /ws/agents/me': {
    ...Object.fromEntries(ROLES.map((role) => [role, 4401])),
    ...Object.fromEntries(AGENTS.map((role) => [role, 'welcome'])),
  },
};
