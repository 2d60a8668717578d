// docs/http.md says what the schemas say: its examples have each of their fields, and its rules are all there are.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  passwordBody,
  passwordResetBody,
  secondFactorBody,
  securityBody,
  sessionsBody,
} from '#shared/account/api.ts';
import { accountPreferencesBody } from '#shared/account/preferences.ts';
import { shortcutsBody } from '#shared/account/shortcuts.ts';
import {
  colleaguesBody,
  endQueueBody,
  meBody,
  newOfflineMessageBody,
  offlineMessagesBody,
  rebuildBody,
  signInBody,
  undeliveredBody,
  visitorBody,
  widgetBody,
  workspaceBody,
} from '#shared/api.ts';
import { pushBody, pushSubscriptionBody, pushTestBody } from '#shared/alerts/push.ts';
import { invitationBody } from '#shared/conversation/invitation.ts';
import {
  cannedResponsesBody,
  importBody,
  newCannedResponseBody,
  placeholdersBody,
} from '#shared/canned-responses/canned-response.ts';
import { conversationListBody } from '#shared/conversation-lists/list.ts';
import { manyCommandBody } from '#shared/conversation-lists/many.ts';
import { savedViewsBody } from '#shared/conversation-lists/saved-view.ts';
import { conversationSummarySchema } from '#shared/conversation/summary.ts';
import { directChatBody } from '#shared/direct-chat/api.ts';
import { conversationSearchBody, searchBody } from '#shared/search/bodies.ts';
import { rulesSchema } from '#shared/settings/rules.ts';
import { fromRoot } from './paths.ts';

const page = readFileSync(fromRoot('docs/http.md'), 'utf8');

/** What stands under the heading, which may name other routes as well. */
function under(heading: string): string {
  const [, section = ''] = page.split(new RegExp(`\n### ${heading}(?:,? .*)?\n`));
  return section.split('\n### ')[0] ?? section;
}

function exampleUnder(heading: string): unknown {
  const [, block = ''] = /```json\n(.*?)```/s.exec(under(heading)) ?? [];
  return JSON.parse(block);
}

/** All names in it, however deep; of a list, those of its first. */
function namesIn(value: unknown): string[] {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one !== 'object' || one === null) return [];
  return Object.entries(one).flatMap(([name, inside]) => [name, ...namesIn(inside)]);
}

test.each<[heading: string, schema: v.GenericSchema]>([
  ['POST /api/visitors', visitorBody],
  ['GET /api/widget', widgetBody],
  ['POST /api/offline-messages', newOfflineMessageBody],
  ['POST /api/session', signInBody],
  ['POST /api/session/second-factor', secondFactorBody],
  ['POST /api/password-resets', passwordResetBody],
  ['GET /api/sessions', sessionsBody],
  ['GET /api/me', meBody],
  ['PUT /api/me/preferences', accountPreferencesBody],
  ['PUT /api/me/shortcuts', shortcutsBody],
  ['PUT /api/me/password', passwordBody],
  ['GET /api/me/security', securityBody],
  ['GET /api/workspace', conversationSummarySchema],
  ['GET /api/colleagues', colleaguesBody],
  ['GET /api/push', pushBody],
  ['PUT /api/push/subscription', pushSubscriptionBody],
  ['DELETE /api/push/devices/:id', pushTestBody],
  ['POST /api/conversations/:id/invitations', invitationBody],
  ['GET /api/direct-chats/:colleague', directChatBody],
  ['GET /api/conversations', conversationListBody],
  ['POST /api/conversations/:id/commands', manyCommandBody],
  ['GET /api/saved-views', savedViewsBody],
  ['GET /api/conversations/:id/search', conversationSearchBody],
  ['GET /api/search', searchBody],
  ['GET /api/offline-messages', offlineMessagesBody],
  ['GET /api/canned-responses', cannedResponsesBody],
  ['POST /api/canned-responses', newCannedResponseBody],
  ['POST /api/canned-responses/import', importBody],
  ['GET /api/conversations/:id/placeholders', placeholdersBody],
  ['GET /api/undelivered', v.array(undeliveredBody)],
  ['POST /api/rebuild', rebuildBody],
  ['POST /api/queue/end', endQueueBody],
])('[WP8] the example of %s has all fields, and no other', (heading, schema) => {
  const example = exampleUnder(heading);
  const { success, output } = v.safeParse(schema, example);
  expect(success).toBe(true);
  expect(namesIn(output)).toEqual(namesIn(example));
});

const [tellsWorkspace = '', tellsRules = ''] = under('GET /api/workspace').split(/\n\| rule /);

/** The second cell of the row that begins so. */
const rowOf = (name: string, table: string): string =>
  new RegExp(`^\\| \`${name}\` +\\| (.*) \\|$`, 'm').exec(table)?.[1] ?? '';

test.each(Object.keys(workspaceBody.entries))('[WP8] the workspace’s %s is on the page', (name) => {
  expect(rowOf(name, tellsWorkspace)).not.toBe('');
});

test.each(Object.keys(rulesSchema.entries))('[WP8] the rule %s is on the page', (name) => {
  expect(rowOf(name, tellsRules)).not.toBe('');
});

test('[WP8] each rule of a department and of an SLA policy is on the page', () => {
  const named = (row: string) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const { departments, sla } = rulesSchema.entries;
  expect(named(rowOf('departments', tellsRules))).toEqual(Object.keys(departments.item.entries));
  expect(named(rowOf('sla', tellsRules))).toEqual(Object.keys(sla.item.entries));
});
