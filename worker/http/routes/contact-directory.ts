// All contacts: listed, entered, imported, exported. Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import {
  contactFilterSchema,
  contactQuerySchema,
  newContactBody,
  type ContactList,
} from '#shared/contact/directory.ts';
import { importBody, type RowOutcome } from '#shared/contact/import.ts';
import { fieldsOf } from '#shared/custom-fields.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import { extractLocaleFromRequest } from '#messages/compiled/runtime.js';
import { e164 } from '#shared/contact/phone.ts';
import { judgeRow, outcomeOf, Rows } from '../../contact/import.ts';
import { listAgents } from '../../io/agents.ts';
import { exportContacts } from '../../io/contact-export.ts';
import { listContacts, listManagers } from '../../io/contact-list.ts';
import { ownersOf, putContacts, type NewContact } from '../../io/new-contacts.ts';
import { settingsOf } from '../../io/settings.ts';
import { auditOwn } from '../audit.ts';
import { jsonBody } from '../body.ts';
import { contactColumns } from '../csv-columns.ts';
import { sightOf } from '../contact-at.ts';
import { requirePermission, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

const PAGE = 50;
const IMPORT_BYTES = 512 * 1024;

const contactFields = (env: Env) => fieldsOf(rulesOf(settingsOf(env)).customFields, 'contact');

const countryOf = (env: Env): string | null => settingsOf(env).contacts.phone_country_code ?? null;

function queryOf<const S extends v.GenericSchema>(
  c: Context<SignedIn>,
  schema: S,
): v.InferOutput<S> {
  const query = v.safeParse(schema, c.req.query());
  if (query.success) return query.output;
  const [issue] = query.issues;
  const problem = `${v.getDotPath(issue) ?? 'query'}: ${issue.message}`;
  throw new RefusalError('body.malformed', { problem });
}

export const contactDirectory = new Hono<SignedIn>()
  .get('/contacts', async (c) => {
    const query = queryOf(c, contactQuerySchema);
    const [list, managers] = await Promise.all([
      listContacts(c.env.DIRECTORY, sightOf(c.var.me), query, PAGE),
      listManagers(c.env.DIRECTORY),
    ]);
    return c.json({ ...list, managers } satisfies ContactList);
  })

  .post('/contacts', requirePermission('contact.edit'), jsonBody(newContactBody), async (c) => {
    const { contactId, name, email, phone } = c.req.valid('json');
    const number = phone === null ? null : e164(phone, countryOf(c.env));
    if (phone !== null && number === null) throw new RefusalError('phone.unclear', { phone });
    const contact: NewContact = {
      ...{ contactId, name, managerId: null, fields: {} },
      addresses: [
        ...(email === null ? [] : [{ kind: 'email' as const, value: email }]),
        ...(number === null ? [] : [{ kind: 'phone' as const, value: number }]),
      ],
    };
    await putContacts(c.env.DIRECTORY, [contact], Date.now());
    return c.body(null, 204);
  })

  .get('/contacts/export', requirePermission('contact.export'), async (c) => {
    const filter = queryOf(c, contactFilterSchema);
    await auditOwn(c, 'contacts.exported');
    const columns = contactColumns(contactFields(c.env), extractLocaleFromRequest(c.req.raw));
    const lines = exportContacts(c.env.DIRECTORY, sightOf(c.var.me), filter, columns);
    return c.body(encoded(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="contacts.csv"',
      'cache-control': 'no-store',
    });
  })

  .post(
    '/contacts/import',
    requirePermission('contact.import'),
    jsonBody(importBody, IMPORT_BYTES),
    async (c) => {
      const { isDryRun, rows } = c.req.valid('json');
      const agents = await listAgents(c.env.DIRECTORY);
      const known = { agents, phoneCountry: countryOf(c.env), fields: contactFields(c.env) };
      const judged = rows.map((row) => judgeRow(row, known));
      const addresses = judged.flatMap((one) => ('contact' in one ? one.contact.addresses : []));
      const owners = await ownersOf(c.env.DIRECTORY, sightOf(c.var.me), addresses);
      const earlier = new Rows();
      const fresh: NewContact[] = [];
      const outcomes = judged.map((one): RowOutcome => {
        if ('outcome' in one) return one.outcome;
        const outcome = outcomeOf(one.contact, owners, earlier);
        if (outcome.outcome === 'new') fresh.push(one.contact);
        return outcome;
      });
      if (!isDryRun) await putContacts(c.env.DIRECTORY, fresh, Date.now());
      return c.json({ outcomes });
    },
  );

/** Reads no further ahead than the client takes. */
function encoded(texts: AsyncGenerator<string, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
