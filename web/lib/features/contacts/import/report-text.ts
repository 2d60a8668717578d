// What becomes of a row, in words.

import { csvLine, CSV_START } from '#shared/csv.ts';
import type { RowOutcome } from '#shared/contact/import.ts';
import { m } from '#messages/compiled/messages.js';
import type { RowReport } from './contact-import.svelte.ts';

type Problem = Extract<RowOutcome, { outcome: 'wrong' }>['problem'];

const PROBLEMS: Readonly<Record<Problem, (blanks: { value: string }) => string>> = {
  name: m.contacts_problem_name,
  email: m.contacts_problem_email,
  phone: m.contacts_problem_phone,
  manager: m.contacts_problem_manager,
  field: m.contacts_problem_field,
  addresses: m.contacts_problem_addresses,
  length: m.contacts_problem_length,
  quotes: m.contacts_problem_quotes,
  twice: m.contacts_problem_twice,
};

export function outcomeText(outcome: RowOutcome): string {
  switch (outcome.outcome) {
    case 'new':
      return m.contacts_import_new_row();
    case 'known': {
      const { value, contact } = outcome;
      return contact
        ? m.contacts_import_known_row({ value, name: contact.name })
        : m.contacts_import_known_unseen({ value });
    }
    case 'wrong':
      return PROBLEMS[outcome.problem]({ value: outcome.value });
  }
}

/** All rows, for a spreadsheet. */
export const reportFile = (reports: readonly RowReport[]): string =>
  CSV_START +
  csvLine([m.contacts_import_line(), m.contact_name(), m.contacts_import_why()]) +
  reports
    .map(({ line, name, outcome }) => csvLine([String(line), name, outcomeText(outcome)]))
    .join('');
