// An import as it goes: the file is read, every row is tried without being stored, and then stored. In requests of
// some hundred rows, so that a file may be of any length.

import * as v from 'valibot';
import {
  IMPORT_ROWS_MOST,
  importedBody,
  type ImportRow,
  type RowOutcome,
} from '#shared/contact/import.ts';
import type { CustomField } from '#shared/custom-fields.ts';
import type { Refusal } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import { readTable, type TableFile, type TableRow } from './table-file.ts';

const SECOND_MS = 1000;

export type ImportStep = 'choosing' | 'checking' | 'checked' | 'storing' | 'stored';
export type FileProblem = 'no-name' | 'empty';

export interface RowReport {
  readonly line: number;
  readonly name: string;
  readonly outcome: RowOutcome;
}

export class ContactImport {
  #step = $state.raw<ImportStep>('choosing');
  #problem = $state.raw<FileProblem | null>(null);
  #file = $state.raw<TableFile>({ rows: [], ignored: [] });
  #reports = $state.raw<readonly RowReport[]>([]);
  #done = $state.raw(0);
  #stopped = $state.raw<Refusal | 'offline' | null>(null);
  readonly #fields: readonly CustomField[];
  readonly #fetch: typeof globalThis.fetch;

  /** @param fields the workspace's own, of contacts */
  constructor(fields: readonly CustomField[], fetch: typeof globalThis.fetch) {
    this.#fields = fields;
    this.#fetch = fetch;
  }

  get step() {
    return this.#step;
  }
  /** Why the file can't be imported at all. */
  get problem() {
    return this.#problem;
  }
  get ignored() {
    return this.#file.ignored;
  }
  get total(): number {
    return this.#file.rows.length;
  }
  /** Rows that this step has done. */
  get done() {
    return this.#done;
  }
  /** Why it does not go on; what it has done stands. */
  get stopped() {
    return this.#stopped;
  }
  /** What becomes of each row, as far as it is known. */
  get reports() {
    return this.#reports;
  }

  count(outcome: RowOutcome['outcome']): number {
    return this.#reports.filter((report) => report.outcome.outcome === outcome).length;
  }

  async read(file: Blob): Promise<void> {
    const table = readTable(await file.text(), this.#fields);
    this.#problem = table === null ? 'no-name' : table.rows.length === 0 ? 'empty' : null;
    this.#file = table ?? { rows: [], ignored: [] };
    this.#step = 'choosing';
    if (this.#problem === null) await this.#begin('checking');
  }

  store(): Promise<void> {
    return this.#begin('storing');
  }

  async #begin(step: 'checking' | 'storing'): Promise<void> {
    this.#step = step;
    this.#done = 0;
    this.#reports = [];
    await this.goOn();
  }

  /** Does what is left of the step. */
  async goOn(): Promise<void> {
    const { rows } = this.#file;
    this.#stopped = null;
    while (this.#done < rows.length) {
      const part = rows.slice(this.#done, this.#done + IMPORT_ROWS_MOST);
      const reports = await this.#ask(part);
      // Another file was chosen meanwhile, or the server does not answer.
      if (reports === null || rows !== this.#file.rows) return;
      this.#reports = [...this.#reports, ...reports];
      this.#done += part.length;
    }
    this.#step = this.#step === 'checking' ? 'checked' : 'stored';
  }

  async #ask(part: readonly TableRow[]): Promise<RowReport[] | null> {
    const sound = part.filter(({ wrong }) => wrong === null);
    const outcomes = sound.length === 0 ? [] : await this.#send(sound.map(({ row }) => row));
    if (outcomes === null) return null;
    const answered = outcomes[Symbol.iterator]();
    return part.flatMap(({ line, row, wrong }) => {
      const outcome = wrong ?? answered.next().value;
      return outcome ? [{ line, name: row.name, outcome }] : [];
    });
  }

  async #send(rows: readonly ImportRow[]): Promise<RowOutcome[] | null> {
    try {
      const response = await this.#fetch('/api/contacts/import', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ isDryRun: this.#step === 'checking', rows }),
      });
      const outcome = await outcomeOf(response);
      if (outcome.ok) return v.parse(importedBody, await outcome.value.json()).outcomes;
      if (outcome.refusal.code !== 'rate.limited') {
        this.#stopped = outcome.refusal;
        return null;
      }
      const seconds = Number(outcome.refusal.details.seconds);
      await new Promise((resolve) => setTimeout(resolve, seconds * SECOND_MS));
      return await this.#send(rows);
    } catch {
      this.#stopped = 'offline';
      return null;
    }
  }
}
