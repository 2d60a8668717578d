// The bare Durable Object as a contender: the same frames, by the same client.

import type { Contender, Talk } from './contender.ts';
import { Line } from './line.ts';
import { startServer } from './servers/server.ts';

export async function startBare(): Promise<Contender> {
  const server = await startServer('bare');
  const talk = async (): Promise<Talk> => {
    const path = `/${crypto.randomUUID()}`;
    const [visitor, agent] = [new Line(server.url, path), new Line(server.url, path)];
    await visitor.connect();
    await agent.connect();
    return { visitor, agent };
  };
  return { name: 'bare object', server, talk };
}
