// An import of canned responses as it goes: the file is read, every row is tried without being stored, and what is new
// in it is then stored. In requests of some rows, so that a file may be of any length.

import * as v from 'valibot';
import {
  importAnswer,
  IMPORTED_AT_ONCE,
  type ImportAnswer,
} from '#shared/canned-responses/canned-response.ts';
import { readFile, type ReadProblem, type ReadRow } from '#shared/canned-responses/file.ts';
import { refusal, type Refusal } from '#shared/refusals.ts';
import { shortened } from '#shared/text.ts';
import { outcomeOf } from '#web/lib/api.ts';

type Outcome = ImportAnswer['rows'][number]['outcome'];
export type ImportStep = 'choosing' | 'checking' | 'checked' | 'storing' | 'stored';

export interface RowReport {
  readonly row: number;
  /** Empty: it could not be read. */
  readonly shortcut: string;
  readonly outcome: Outcome;
  /** Why it is not imported: what the server says, or the column that can't be read. */
  readonly why: Refusal | ReadProblem['column'] | null;
}

const OTHER_CHARACTERS = 60;
const wouldStore = ({ outcome }: Pick<RowReport, 'outcome'>): boolean =>
  outcome === 'created' || outcome === 'updated';

export class CannedImport {
  #step = $state.raw<ImportStep>('choosing');
  #rows = $state.raw<readonly ReadRow[]>([]);
  /** Of the rows that this step leaves alone. */
  #others = $state.raw<readonly RowReport[]>([]);
  #answered = $state.raw<readonly RowReport[]>([]);
  #isNoFile = $state.raw(false);
  #stopped = $state.raw<Refusal | 'offline' | null>(null);
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  get step() {
    return this.#step;
  }
  /** Whether nothing of the file can be read. */
  get isNoFile() {
    return this.#isNoFile;
  }
  /** Why it does not go on; what it has done stands. */
  get stopped() {
    return this.#stopped;
  }
  /** Rows that this step is about. */
  get total(): number {
    return this.#rows.length;
  }
  /** Those that are done. */
  get done(): number {
    return this.#answered.length;
  }
  /** What becomes of each row, as far as it is known. */
  get reports(): readonly RowReport[] {
    return [...this.#others, ...this.#answered].toSorted((one, other) => one.row - other.row);
  }

  count(outcome: Outcome): number {
    return this.reports.filter((report) => report.outcome === outcome).length;
  }

  async read(file: Blob): Promise<void> {
    const { rows, problems } = readFile(await file.text());
    this.#isNoFile = rows.length === 0 && problems.every(({ column }) => column === 'file');
    const unread = problems.map(({ row, column }) => ({
      ...{ row, shortcut: '', outcome: 'refused' as const, why: column },
    }));
    await this.#begin('checking', rows, this.#isNoFile ? [] : unread);
  }

  async store(): Promise<void> {
    const [rows, answered] = [this.#rows, this.#answered];
    const isWanted = (at: number) => answered[at] !== undefined && wouldStore(answered[at]);
    const left = answered.filter((report) => !wouldStore(report));
    await this.#begin(
      'storing',
      rows.filter((_, at) => isWanted(at)),
      [...this.#others, ...left],
    );
  }

  async #begin(
    step: 'checking' | 'storing',
    rows: readonly ReadRow[],
    others: readonly RowReport[],
  ): Promise<void> {
    this.#step = this.#isNoFile ? 'choosing' : step;
    this.#rows = rows;
    this.#others = others;
    this.#answered = [];
    if (!this.#isNoFile) await this.goOn();
  }

  /** Does what is left of the step. */
  async goOn(): Promise<void> {
    const rows = this.#rows;
    this.#stopped = null;
    while (this.done < rows.length) {
      const part = rows.slice(this.done, this.done + IMPORTED_AT_ONCE);
      const answer = await this.#ask(part);
      // Another file was chosen meanwhile, or the server does not answer.
      if (answer === null || rows !== this.#rows) return;
      for (const [at, row] of part.entries()) this.#report(row, answer[at]);
    }
    this.#step = this.#step === 'checking' ? 'checked' : 'stored';
  }

  #report({ row, response }: ReadRow, answer: ImportAnswer['rows'][number] | undefined): void {
    if (!answer) throw new Error('the server answers every row');
    const { shortcut } = response;
    const judged = { row, shortcut, outcome: answer.outcome, why: answer.refusal };
    this.#answered = [...this.#answered, this.#beside(judged)];
  }

  /** Tried rows are not stored, so the server can't see that an earlier one takes the shortcut. */
  #beside(judged: RowReport): RowReport {
    const { shortcut } = judged;
    const at = this.#answered.findIndex((one) => wouldStore(one) && one.shortcut === shortcut);
    const earlier = this.#rows[at];
    if (this.#step !== 'checking' || !wouldStore(judged) || !earlier) return judged;
    const other = shortened(earlier.response.text, OTHER_CHARACTERS);
    const why = refusal('canned-response.exists', { shortcut, other });
    return { ...judged, outcome: 'refused', why };
  }

  async #ask(part: readonly ReadRow[]): Promise<ImportAnswer['rows'] | null> {
    try {
      const isDryRun = this.#step === 'checking';
      const responses = part.map(({ response }) => response);
      const response = await this.#fetch('/api/canned-responses/import', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ isDryRun, responses }),
      });
      const outcome = await outcomeOf(response);
      if (outcome.ok) return v.parse(importAnswer, await outcome.value.json()).rows;
      this.#stopped = outcome.refusal;
    } catch {
      this.#stopped = 'offline';
    }
    return null;
  }
}
