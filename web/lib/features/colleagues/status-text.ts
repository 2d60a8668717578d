// The words for how a colleague or a department stands.

import { m } from '#messages/compiled/messages.js';
import type { AgentStatus } from './candidates.ts';

const TEXTS: Record<AgentStatus, () => string> = {
  available: m.standing_available,
  away: m.standing_away,
  offline: m.standing_offline,
  full: m.standing_full,
  attended: m.standing_attended,
  unattended: m.standing_unattended,
  disabled: m.standing_disabled,
  here: m.standing_here,
  serving: m.standing_serving,
  present: m.standing_present,
};

export const statusText = (status: AgentStatus): string => TEXTS[status]();
