import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { addAccount } from '../testing/accounts.ts';
import { listAgents } from './agents.ts';

beforeAll(() => addAccount('ada', { role: 'admin', departments: ['sales', 'support'] }));

test('[AC12] an agent is found with their role and departments', async () => {
  const agents = await listAgents(env.DIRECTORY);
  expect(agents.find(({ agentId }) => agentId === 'agent-ada')).toEqual({
    agentId: 'agent-ada',
    name: 'ada',
    email: 'ada@parley.test',
    username: 'ada',
    role: 'admin',
    hasTwoFactor: false,
    maxConversations: null,
    departments: ['sales', 'support'],
  });
});
