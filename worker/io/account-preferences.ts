// What agents have chosen for all of their devices (D1).

import * as v from 'valibot';
import {
  accountPreferencesBody,
  NO_PREFERENCES,
  type AccountPreferences,
} from '#shared/account/preferences.ts';
import { shortcutsBody, type ChosenShortcuts } from '#shared/account/shortcuts.ts';
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
const shortcutsRowSchema = v.object({
  // What an earlier version allowed is as if it were not chosen.
  shortcuts: v.fallback(v.pipe(v.string(), v.parseJson(), shortcutsBody), {}),
});

export async function findPreferences(
  db: D1Database,
  agentId: AgentId,
): Promise<AccountPreferences> {
  const row = await db
    .prepare(
      `SELECT language, theme, density, time_zone AS timeZone, transcript_pdf AS transcriptPdf,
         transcript_email AS transcriptEmail FROM account_preferences WHERE agent_id = ?`,
    )
    .bind(agentId)
    .first();
  return row === null ? NO_PREFERENCES : v.parse(rowSchema, row);
}

export async function putPreferences(
  db: D1Database,
  agentId: AgentId,
  { language, theme, density, timeZone, transcriptPdf, transcriptEmail }: AccountPreferences,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO account_preferences
         (agent_id, language, theme, density, time_zone, transcript_pdf, transcript_email)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (agent_id) DO UPDATE SET language = excluded.language, theme = excluded.theme,
         density = excluded.density, time_zone = excluded.time_zone,
         transcript_pdf = excluded.transcript_pdf, transcript_email = excluded.transcript_email`,
    )
    .bind(
      ...[agentId, language, theme, density, timeZone],
      ...[Number(transcriptPdf), Number(transcriptEmail)],
    )
    .run();
}

export async function findShortcuts(db: D1Database, agentId: AgentId): Promise<ChosenShortcuts> {
  const row = await db
    .prepare('SELECT shortcuts FROM account_preferences WHERE agent_id = ?')
    .bind(agentId)
    .first();
  return row === null ? {} : v.parse(shortcutsRowSchema, row).shortcuts;
}

export async function putShortcuts(
  db: D1Database,
  agentId: AgentId,
  chosen: ChosenShortcuts,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO account_preferences (agent_id, transcript_pdf, transcript_email, shortcuts)
       VALUES (?, 0, 0, ?) ON CONFLICT (agent_id) DO UPDATE SET shortcuts = excluded.shortcuts`,
    )
    .bind(agentId, JSON.stringify(chosen))
    .run();
}
