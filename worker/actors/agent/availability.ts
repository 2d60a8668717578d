// Whether an agent is there, as they say it themselves or as it follows from their tabs. Pure.

import { IDLE, type AgentCommand } from '#shared/agent.ts';
import type { Settings } from '#shared/settings/schema.ts';
import type { AgentPresence } from './presence.ts';

/** After their last tab has closed for long enough, or when their sessions are over. */
export const offline = (presence: AgentPresence): AgentPresence => ({
  ...presence,
  ...{ online: false, availability: 'away', awayReason: null },
});

/** What an agent says of themselves. A reason that the settings don't have counts as none. */
export function saidOfSelf(
  { availability, reason }: Extract<AgentCommand, { type: 'availability.set' }>,
  { presence }: Pick<Settings, 'presence'>,
): Pick<AgentPresence, 'availability' | 'awayReason'> {
  const isKnown = reason != null && [IDLE, ...presence.away_reasons].includes(reason);
  return { availability, awayReason: availability === 'away' && isKnown ? reason : null };
}
