// Canned responses out of a running Parley into a file, and back.

import { readFile as readText, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { refusalText } from '#messages/refusal-text.ts';
import {
  cannedResponsesBody,
  importAnswer,
  IMPORTED_AT_ONCE,
} from '#shared/canned-responses/canned-response.ts';
import { exported, readFile, writtenFile, type ReadRow } from '#shared/canned-responses/file.ts';
import { agentIdSchema } from '#shared/ids.ts';
import type { Operator } from './operator.ts';

type Server = Pick<Operator, 'get' | 'post'>;

/** All that the one who signed in may see, without what colleagues keep for themselves. */
export async function exportCanned(server: Server, file: string): Promise<string> {
  const response = await server.get('/api/canned-responses');
  const { responses } = v.parse(cannedResponsesBody, await response.json());
  const { agentId } = v.parse(
    v.object({ agentId: agentIdSchema }),
    await (await server.get('/api/me')).json(),
  );
  const written = exported(responses, agentId);
  const format = file.toLowerCase().endsWith('.csv') ? 'csv' : 'json';
  await writeFile(file, writtenFile(written, format));
  return `${written.length} canned responses are in ${file}.`;
}

export async function importCanned(server: Server, file: string): Promise<string> {
  const { rows, problems } = readFile(await readText(file, 'utf8'));
  const lines = problems.map(({ row, column }) =>
    column === 'file' ? `${file} holds no canned responses.` : `Row ${row}: check the ${column}.`,
  );
  const count = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (let from = 0; from < rows.length; from += IMPORTED_AT_ONCE) {
    const part = rows.slice(from, from + IMPORTED_AT_ONCE);
    for (const { row, outcome, refusal } of await bring(server, part)) {
      count[outcome] += 1;
      if (refusal) lines.push(`Row ${row}: ${refusalText(refusal, 'en')}`);
    }
  }
  const { created, updated, unchanged, refused } = count;
  lines.push(`${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`);
  return lines.join('\n');
}

async function bring(server: Server, part: readonly ReadRow[]) {
  const responses = part.map(({ response }) => response);
  const answer = await server.post('/api/canned-responses/import', { responses });
  const { rows } = v.parse(importAnswer, await answer.json());
  return rows.map((one, at) => ({ ...one, row: part[at]?.row ?? 0 }));
}
