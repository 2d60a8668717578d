// The bare Durable Object as a contender: the same frames, by a client that is as bare.

import type { Contender, Talk } from './contender.ts';
import { Line } from './line.ts';
import { startServer } from './servers/server.ts';

/** @param rows inserted when a conversation begins, one half for each side */
export async function startBare(rows = 0): Promise<Contender> {
  const server = await startServer('bare');
  const talk = async (): Promise<Talk> => {
    const path = `/${crypto.randomUUID()}`;
    const [visitor, agent] = [new Line(server.url, path), new Line(server.url, path)];
    await visitor.connect();
    await agent.connect();
    if (rows > 0) {
      await visitor.insert(Math.ceil(rows / 2));
      await agent.insert(Math.floor(rows / 2));
    }
    return { visitor, agent };
  };
  return { name: 'bare object', server, talk };
}
