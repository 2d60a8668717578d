// What agents have chosen for all of their devices (D1).

import * as v from 'valibot';
import {
  accountPreferencesBody,
  NO_PREFERENCES,
  type AccountPreferences,
} from '#shared/account/preferences.ts';
import type { AgentId } from '#shared/ids.ts';

const flag = v.pipe(
  v.number(),
  v.transform((stored) => stored !== 0),
);
const rowSchema = v.object({
  ...accountPreferencesBody.entries,
  transcriptPdf: flag,
  transcriptEmail: flag,
});

export async function findPreferences(
  db: D1Database,
  agentId: AgentId,
): Promise<AccountPreferences> {
  const row = await db
    .prepare(
      `SELECT language, theme, time_zone AS timeZone, transcript_pdf AS transcriptPdf,
         transcript_email AS transcriptEmail FROM account_preferences WHERE agent_id = ?`,
    )
    .bind(agentId)
    .first();
  return row === null ? NO_PREFERENCES : v.parse(rowSchema, row);
}

export async function putPreferences(
  db: D1Database,
  agentId: AgentId,
  { language, theme, timeZone, transcriptPdf, transcriptEmail }: AccountPreferences,
): Promise<void> {
  await db
    .prepare('INSERT OR REPLACE INTO account_preferences VALUES (?, ?, ?, ?, ?, ?)')
    .bind(agentId, language, theme, timeZone, Number(transcriptPdf), Number(transcriptEmail))
    .run();
}
