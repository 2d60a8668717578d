// A direct chat as a place for canned responses: of no department and with no contact, so that most of what they ask
// for stays a gap.

import type { CannedTarget } from './canned-target.svelte.ts';

/** @param agentName of who writes */
export const directTarget = (agentName: string): CannedTarget => ({
  departmentId: null,
  values: { 'agent.name': agentName },
  know: () => Promise.resolve(),
  used: () => {},
});
