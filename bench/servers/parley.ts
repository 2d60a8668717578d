// Serves Parley with agents who can hold many conversations. The argument `control` chooses the bundle
// that the benchmark can look into; without it, it is the deployed one. `shipped`: with the limits as they ship.

import { join } from 'node:path';
import { accountStatements } from '../../scripts/accounts.ts';
import { readSettings } from '../../scripts/configuration.ts';
import { serve } from '../../scripts/serve.ts';
import { AGENTS, CONTROL_BUNDLE, DEPARTMENTS, PASSWORD } from '../team.ts';
import { serving } from './serving.ts';

const isShipped = process.argv.includes('shipped');

/** One pair of people says as much as a hundred would. */
const WITHOUT_END = {
  visitor_messages_per_minute: 1_000_000,
  agent_commands_per_minute: 1_000_000,
};

await serving(async (folder) => {
  const { limits, roles } = await readSettings();
  const { url, directory, stop } = await serve({
    port: 0,
    stateFolder: join(folder, 'state'),
    quiet: true,
    // A city speaks from one address.
    crowd: isShipped ? 1 : 10_000,
    settings: {
      limits: {
        ...limits,
        max_conversations_per_agent: 1000,
        ...(isShipped ? {} : WITHOUT_END),
      },
      queue: { max_waiting: 100_000 },
      roles: { ...roles, agent: [...roles.agent, 'contact.export'] },
      departments: DEPARTMENTS,
    },
    ...(process.argv.includes('control')
      ? { bundle: { folder: CONTROL_BUNDLE, entry: 'index.js', compatibilityFlags: [] } }
      : {}),
  });
  for (const { email, username, name, role, departments } of AGENTS) {
    const { statements } = await accountStatements({
      name,
      email,
      username,
      role,
      departments,
      password: PASSWORD,
    });
    await directory.batch(
      statements.map(({ sql, params }) => directory.prepare(sql).bind(...params)),
    );
  }
  return { url, stop };
});
