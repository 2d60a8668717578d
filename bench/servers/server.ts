// A contender's server, in a process of its own, so that the load that is put on it is not counted.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { fromRoot } from '../../scripts/paths.ts';
import { treeCpuMs } from '../process-cpu.ts';

const announcement = v.pipe(v.string(), v.parseJson(), v.object({ url: v.string() }));

export interface Server {
  readonly url: string;
  /** Of its process and all of that one's children, so far. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

export async function startServer(
  name: 'parley' | 'bare' | 'socket-io',
  ...args: string[]
): Promise<Server> {
  const child = spawn(process.execPath, [fromRoot(`bench/servers/${name}.ts`), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  process.once('exit', () => child.kill());
  for await (const line of createInterface(child.stdout)) {
    const { url } = v.parse(announcement, line);
    return {
      url,
      cpuMs: () => treeCpuMs(child.pid ?? 0),
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error(`The ${name} server did not start.`);
}
