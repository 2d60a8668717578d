// The canned responses that an agent may see, and those that they may change. Mounted at /api.

import { Hono, type Context } from 'hono';
import {
  departmentsInSight,
  refusedToSave,
  seesPrivateOfAll,
} from '#shared/canned-responses/access.ts';
import {
  changedCannedResponseBody,
  importBody,
  newCannedResponseBody,
  type CannedResponse,
  type CannedResponses,
  type CannedScope,
  type ContactPlaceholders,
  type ImportAnswer,
  type NewCannedResponse,
} from '#shared/canned-responses/canned-response.ts';
import type { Me } from '#shared/api.ts';
import { newCannedResponseId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import {
  addCannedResponse,
  changeCannedResponse,
  findCannedResponse,
  findInPlace,
  findObstacle,
  listCannedResponses,
  removeCannedResponse,
  versionInSight,
  type CannedContent,
  type CannedSight,
} from '../../io/canned-responses.ts';
import { findReach } from '../../io/contacts.ts';
import { settingsOf } from '../../io/settings.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { conversationAt } from './conversations.ts';

/** A text may be as long as a message. */
const BODY_BYTES = 128 * 1024;
const IMPORT_BYTES = 4 * 1024 * 1024;

export const cannedResponses = new Hono<SignedIn>()
  .get('/canned-responses', async (c) => {
    const sight = sightOf(c.var.me);
    // Before the list: what changes in between is found with the next version.
    const version = await versionInSight(c.env.DIRECTORY, sight);
    if (c.req.query('version') === version) return c.body(null, 204);
    const responses = await listCannedResponses(c.env.DIRECTORY, sight);
    return c.json({ version, responses } satisfies CannedResponses);
  })

  .post('/canned-responses', jsonBody(newCannedResponseBody, BODY_BYTES), async (c) => {
    const content = granted(contentOf(c, c.req.valid('json')));
    const id = granted(
      await addCannedResponse(c.env.DIRECTORY, sightOf(c.var.me), content, Date.now()),
    );
    return c.json({ id }, 201);
  })

  .post('/canned-responses/import', jsonBody(importBody, IMPORT_BYTES), async (c) => {
    const { isDryRun, responses } = c.req.valid('json');
    const rows: ImportAnswer['rows'] = [];
    for (const row of responses) rows.push(await bring(c, row, isDryRun));
    return c.json({ rows } satisfies ImportAnswer);
  })

  .put('/canned-responses/:id', jsonBody(changedCannedResponseBody, BODY_BYTES), async (c) => {
    const { revision, ...wanted } = c.req.valid('json');
    const before = await inSight(c, c.req.param('id'));
    if (before.revision !== revision) throw new RefusalError('canned-response.changed');
    // The agent must be allowed both: to take it from where it is, and to put it where it is wanted.
    granted(refusedToSave(before.scope, c.var.me) ?? accept(null));
    await change(c, before, granted(contentOf(c, wanted)));
    return c.body(null, 204);
  })

  .delete('/canned-responses/:id', async (c) => {
    const before = await inSight(c, c.req.param('id'));
    granted(refusedToSave(before.scope, c.var.me) ?? accept(null));
    if (!(await removeCannedResponse(c.env.DIRECTORY, before))) {
      throw new RefusalError('canned-response.changed');
    }
    return c.body(null, 204);
  })

  .get('/conversations/:id/placeholders', async (c) => {
    const { conversationId, state } = granted(await conversationAt(c).snapshot(agentBy(c.var.me)));
    if (state.status === 'new') throw new RefusalError('conversation.unknown');
    const { contactId } = state;
    const reach: ContactPlaceholders = await findReach(c.env.DIRECTORY, {
      conversationId,
      contactId,
    });
    return c.json(reach);
  });

type Request = Context<SignedIn>;

const sightOf = (me: Me): CannedSight => ({
  agentId: me.agentId,
  departments: departmentsInSight(me),
  privateOfAll: seesPrivateOfAll(me),
});

async function inSight(c: Request, id: string): Promise<CannedResponse> {
  const found = await findCannedResponse(c.env.DIRECTORY, sightOf(c.var.me), id);
  if (found === null) throw new RefusalError('canned-response.unknown');
  return found;
}

async function change(c: Request, before: CannedResponse, content: CannedContent): Promise<void> {
  const { DIRECTORY } = c.env;
  granted(await changeCannedResponse(DIRECTORY, sightOf(c.var.me), before, content, Date.now()));
}

/** A row that is imported replaces what has its shortcut in its place. */
async function bring(
  c: Request,
  row: NewCannedResponse,
  isDryRun: boolean,
): Promise<ImportAnswer['rows'][number]> {
  try {
    const content = granted(contentOf(c, row));
    return { outcome: await brought(c, content, isDryRun), refusal: null };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    return { outcome: 'refused', refusal: error.refusal };
  }
}

async function brought(c: Request, content: CannedContent, isDryRun: boolean) {
  const { DIRECTORY } = c.env;
  const sight = sightOf(c.var.me);
  const before = await findInPlace(DIRECTORY, content);
  const isSame =
    before?.text === content.text && before.tags.join('\n') === content.tags.join('\n');
  if (isSame) return 'unchanged';
  if (isDryRun) {
    const id = before?.id ?? newCannedResponseId();
    granted((await findObstacle(DIRECTORY, sight, content, id)) ?? accept(null));
  } else if (before) await change(c, before, content);
  else granted(await addCannedResponse(DIRECTORY, sight, content, Date.now()));
  return before ? 'updated' : 'created';
}

/** What is to be stored, if the agent may store it. */
function contentOf(c: Request, wanted: NewCannedResponse): Outcome<CannedContent> {
  const { departments, limits } = settingsOf(c.env);
  const scope = scopeOf(c.var.me, wanted);
  if (scope.kind === 'department' && !departments.some(({ id }) => id === scope.departmentId)) {
    return refuse('department.unknown', { department: scope.departmentId });
  }
  const limit = limits.message_characters;
  const found = wanted.text.length;
  if (found > limit) return refuse('message.too-long', { limit, found });
  return refusedToSave(scope, c.var.me) ?? accept({ ...wanted, scope });
}

const scopeOf = ({ agentId, name }: Me, { scope }: NewCannedResponse): CannedScope =>
  scope.kind === 'private' ? { ...scope, agentId, agentName: name } : scope;
