// Agents with a device that gets pushes.

import { env } from 'cloudflare:workers';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { FakePushService } from '../../tests/support/push-service.ts';
import { putSubscription } from '../io/push-subscriptions.ts';
import { agentActorOf } from './people.ts';

/** The agent's account, a session, and a device that was added in it. */
export async function withDevice(agent: AgentPrincipal, service: FakePushService, locale = 'en') {
  const { agentId } = agent;
  const session = `session-of-${agentId}`;
  const soon = new Date(Date.now() + 86_400_000 * 30).toISOString();
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(
      `INSERT OR IGNORE INTO "user"
        ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "username", "role")
      VALUES (?1, ?2, ?1 || '@parley.test', 1, '', '', lower(?1), 'agent')`,
    ).bind(agentId, agent.name),
    env.DIRECTORY.prepare(
      `INSERT OR IGNORE INTO session ("id", "expiresAt", "token", "createdAt", "updatedAt", "userId")
      VALUES (?1, ?2, ?1, '', '', ?3)`,
    ).bind(session, soon, agentId),
  ]);
  const device = await service.subscribe();
  const whose = { agentId, session, locale, origin: 'https://chat.example', at: Date.now() };
  await putSubscription(env.DIRECTORY, device, whose);
  await agentActorOf(agent).noteDevices(true);
  return device;
}

/** The session in which devices were added is over. */
export const endSessionOf = async ({ agentId }: AgentPrincipal): Promise<void> =>
  void (await env.DIRECTORY.prepare('DELETE FROM session WHERE "userId" = ?').bind(agentId).run());
