// Who gets a conversation that waits.

import * as v from 'valibot';
import { choice, flag, setting, wholeNumber } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

function isSafeEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

const table = v.strictObject({
  /**
   * `manual`: agents take conversations themselves. `load-balancing`: the agent with the fewest
   * conversations, then the one whose last assignment is longest ago. `load-rotation`: the latter alone.
   * `external`: your endpoint decides; when it can't, `load-balancing`.
   */
  method: choice(['manual', 'load-balancing', 'load-rotation', 'external']),
  /** Prefer the agent who served the contact last, when they are available. */
  last_agent_first: v.optional(flag, false),
  /** Asked by `external`: POST, signed with the secret ROUTING_SECRET. See docs/spec/routing.md. */
  external_url: v.optional(
    setting(
      'an https address, or http on this machine',
      v.pipe(v.string(), v.check(isSafeEndpoint)),
    ),
  ),
  external_timeout_seconds: v.optional(wholeNumber(1, 30, 'seconds'), 3),
});

export const routing = definePolicy({
  table,
  workspace: table,
  mistakes: ({ policy, id }) =>
    policy.method === 'external' && !policy.external_url
      ? [
          {
            key: 'routing.external_url',
            allowed: `an address, because ${id} is routed by an endpoint`,
          },
        ]
      : [],
});
