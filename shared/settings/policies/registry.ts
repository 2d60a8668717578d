// Every policy, by its name in the settings. A new one is a file beside this one and a line here.

import { agentOffline } from './agent-offline.ts';
import { alerts } from './alerts.ts';
import { ending } from './ending.ts';
import { firstReplyTimeout } from './first-reply-timeout.ts';
import { hold } from './hold.ts';
import { hours } from './hours.ts';
import { messages } from './messages.ts';
import { offline } from './offline.ts';
import { queue } from './queue.ts';
import { routing } from './routing.ts';
import { visitorInactivity } from './visitor-inactivity.ts';

export const POLICIES = {
  routing,
  hours,
  offline,
  hold,
  ending,
  queue,
  visitor_inactivity: visitorInactivity,
  first_reply_timeout: firstReplyTimeout,
  agent_offline: agentOffline,
  alerts,
  messages,
};

type Policies = typeof POLICIES;

/** The same part of every policy, by the policies' names. */
export function partOfEach<P extends keyof Policies[keyof Policies]>(part: P) {
  const parts = Object.entries(POLICIES).map(([name, policy]) => [name, policy[part]]);
  // `fromEntries` forgets which name has which schema.
  return Object.fromEntries(parts) as { [N in keyof Policies]: Policies[N][P] };
}
