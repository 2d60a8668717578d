// Canned responses as a file: JSON, or CSV for a spreadsheet.

import * as v from 'valibot';
import { CSV_START, csvLine, csvRows } from '#shared/csv.ts';
import type { AgentId } from '#shared/ids.ts';
import {
  newCannedResponseBody,
  type CannedResponse,
  type NewCannedResponse,
} from './canned-response.ts';

export const FORMATS = ['json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

const COLUMNS = ['shortcut', 'text', 'tags', 'scope', 'department'] as const;
type Column = (typeof COLUMNS)[number];

export interface ReadRow {
  /** In a CSV file its line, in a JSON file its place; from 1. */
  readonly row: number;
  readonly response: NewCannedResponse;
}

/** What could not be read, and where: a column, or the whole file. */
export interface ReadProblem {
  readonly row: number;
  readonly column: Column | 'file';
}

export interface ReadFile {
  readonly rows: readonly ReadRow[];
  readonly problems: readonly ReadProblem[];
}

/** As a file has it: without what the server adds. */
function asNew({ shortcut, text, tags, scope }: CannedResponse): NewCannedResponse {
  const wanted = scope.kind === 'private' ? ({ kind: 'private' } as const) : scope;
  return { shortcut, text, tags, scope: wanted };
}

/** All that an agent sees, without what colleagues keep for themselves. */
export const exported = (
  inSight: readonly CannedResponse[],
  agentId: AgentId,
): NewCannedResponse[] =>
  inSight.filter(({ scope }) => scope.kind !== 'private' || scope.agentId === agentId).map(asNew);

export function writtenFile(responses: readonly NewCannedResponse[], format: Format): string {
  if (format === 'json') return `${JSON.stringify({ responses }, null, 2)}\n`;
  const lines = responses.map(({ shortcut, text, tags, scope }) => [
    ...[shortcut, text, tagsCell(tags), scope.kind],
    scope.kind === 'department' ? scope.departmentId : '',
  ]);
  return CSV_START + [[...COLUMNS], ...lines].map(csvLine).join('');
}

/** Never throws: what can't be read is a problem, and the rest is there. */
export function readFile(text: string): ReadFile {
  return /^\ufeff?\s*[[{]/.test(text) ? readJson(text) : readCsv(text);
}

const jsonSchema = v.pipe(
  v.string(),
  v.transform((text) => text.replace(CSV_START, '')),
  v.parseJson(),
  v.union([
    v.array(v.unknown()),
    v.pipe(
      v.object({ responses: v.array(v.unknown()) }),
      v.transform(({ responses }) => responses),
    ),
  ]),
);

function readJson(text: string): ReadFile {
  const file = v.safeParse(jsonSchema, text);
  if (!file.success) return { rows: [], problems: [{ row: 1, column: 'file' }] };
  return sorted(file.output.map((found, at) => ({ row: at + 1, found })));
}

function readCsv(text: string): ReadFile {
  const [header, ...rows] = [...csvRows(text)];
  const names = header?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  if (!names.includes('shortcut') || !names.includes('text')) {
    return { rows: [], problems: [{ row: 1, column: 'file' }] };
  }
  return sorted(
    rows.map(({ line, cells }) => {
      const cell = (column: Column) => cells[names.indexOf(column)] ?? '';
      const kind = cell('scope').trim().toLowerCase() || 'private';
      const departmentId = cell('department').trim();
      const scope = kind === 'department' ? { kind, departmentId } : { kind };
      const found = {
        shortcut: cell('shortcut'),
        text: cell('text'),
        tags: tagsIn(cell('tags')),
        scope,
      };
      return { row: line, found };
    }),
  );
}

function sorted(all: readonly { row: number; found: unknown }[]): ReadFile {
  const rows: ReadRow[] = [];
  const problems: ReadProblem[] = [];
  for (const { row, found } of all) {
    const parsed = v.safeParse(newCannedResponseBody, found);
    if (parsed.success) rows.push({ row, response: parsed.output });
    else problems.push({ row, column: columnOf(v.getDotPath(parsed.issues[0])) });
  }
  return { rows, problems };
}

function columnOf(path: string | null): ReadProblem['column'] {
  if (path?.endsWith('departmentId')) return 'department';
  return COLUMNS.find((column) => path === column || path?.startsWith(`${column}.`)) ?? 'file';
}

/** A tag may have a semicolon in it; none has the end of a line. */
const tagsCell = (tags: readonly string[]): string =>
  tags.some((tag) => tag.includes(';')) ? `${tags.join('\n')}\n` : tags.join('; ');

const tagsIn = (cell: string): string[] =>
  cell
    .split(cell.includes('\n') ? '\n' : ';')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
