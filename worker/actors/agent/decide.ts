// Whether an agent gets a place for one more conversation. Pure.

import type { Availability } from '#shared/department.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';

export interface Desk {
  readonly availability: Availability;
  /** Places held or reserved by other conversations than the one that asks. */
  readonly taken: number;
  readonly limit: number;
}

export function grantPlace({ availability, taken, limit }: Desk): Outcome<null> {
  if (availability === 'away') return refuse('agent.away');
  return taken < limit ? accept(null) : refuse('agent.full', { limit });
}
