// A contender's server, in a process of its own, so that the load that is put on it is not counted.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as v from 'valibot';
import { fromRoot } from '../../scripts/paths.ts';
import { treeCpuMs, treeMemoryBytes } from '../process-tree.ts';

const announcement = v.object({ url: v.string() });

export interface Server {
  readonly url: string;
  /** Of its process and all of that one's children, so far. */
  cpuMs(): Promise<number>;
  /** That they hold now. */
  memoryBytes(): Promise<number>;
  stop(): Promise<void>;
}

export async function startServer(
  name: 'parley' | 'bare' | 'socket-io',
  ...args: string[]
): Promise<Server> {
  const child = fork(fromRoot(`bench/servers/${name}.ts`), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const ended = once(child, 'exit');
  const early = ended.then(() => {
    throw new Error(`The ${name} server did not start.`);
  });
  const [said] = (await Promise.race([once(child, 'message'), early])) as unknown[];
  return {
    url: v.parse(announcement, said).url,
    cpuMs: () => treeCpuMs(child.pid ?? 0),
    memoryBytes: () => treeMemoryBytes(child.pid ?? 0),
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}
