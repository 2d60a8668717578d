// Who may use which route of the directory of contacts, for the test that walks all routes.

import { newContactId } from '#shared/ids.ts';

type Statuses = Record<string, number>;

/** @param agentsOnly the status that every agent gets; nobody else is let in */
export const directoryRoutes = (agentsOnly: (status: number) => Statuses) =>
  ({
    // Each sees their own.
    'GET /api/contacts': { expected: agentsOnly(200) },
    'POST /api/contacts': {
      expected: agentsOnly(204),
      body: () =>
        JSON.stringify({ contactId: newContactId(), name: 'Ivy', email: null, phone: null }),
    },
    'GET /api/contacts/export': { expected: { ...agentsOnly(403), manager: 200, admin: 200 } },
    'POST /api/contacts/import': {
      expected: { ...agentsOnly(403), manager: 200, admin: 200 },
      body: () => JSON.stringify({ isDryRun: false, rows: [] }),
    },
    // The contact's conversation is in Sales; to the outsider the contact is foreign.
    'GET /api/contacts/:id/duplicates': { expected: { ...agentsOnly(200), outsider: 404 } },
    'GET /api/contacts/:id/merges': { expected: { ...agentsOnly(200), outsider: 404 } },
    // Nobody is there to be merged, and nothing to be undone.
    'POST /api/contacts/:id/merge': {
      expected: agentsOnly(404),
      body: () =>
        JSON.stringify({
          sourceId: newContactId(),
          choice: { name: 'Ivy', managerId: null, customFields: {} },
        }),
    },
    'POST /api/contacts/:id/merges/:merge/undo': {
      expected: { ...agentsOnly(409), outsider: 404 },
    },
  }) satisfies Record<string, { expected: Statuses; body?: () => string }>;
