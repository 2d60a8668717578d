// Why somebody is away, in words.

import { IDLE } from '#shared/agent.ts';
import { m } from '#messages/compiled/messages.js';

export function awayText(reason: string | null | undefined): string {
  if (reason == null) return m.availability_away();
  return m.availability_away_because({ reason: reason === IDLE ? m.availability_idle() : reason });
}
