// The words for the status of a colleague or a department.

import { m } from '#messages/compiled/messages.js';
import type { AgentStatus } from './candidates.ts';

const TEXTS: Record<AgentStatus, () => string> = {
  available: m.candidate_available,
  away: m.candidate_away,
  offline: m.candidate_offline,
  full: m.candidate_full,
  attended: m.candidate_attended,
  unattended: m.candidate_unattended,
  disabled: m.candidate_disabled,
  here: m.candidate_here,
  serving: m.candidate_serving,
  present: m.candidate_present,
};

export const statusText = (status: AgentStatus): string => TEXTS[status]();
