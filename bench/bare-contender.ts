// The bare Durable Object as a contender: the same frames, by a client that is as bare.

import type { Contender, Talk } from './contender.ts';
import { Line } from './line.ts';
import { startServer } from './servers/server.ts';

/** Rows that are inserted when a conversation begins, half of them by each side. */
interface Opening {
  readonly rows: number;
  /** One by one, as messages are, or all of a side in one transaction. */
  readonly oneByOne: boolean;
}

export async function startBare(
  opening: Opening = { rows: 0, oneByOne: true },
): Promise<Contender> {
  const server = await startServer('bare');
  const talk = async (): Promise<Talk> => {
    const path = `/${crypto.randomUUID()}`;
    const [visitor, agent] = [new Line(server.url, path), new Line(server.url, path)];
    await visitor.connect();
    await insert(visitor, Math.ceil(opening.rows / 2), opening);
    await agent.connect();
    await insert(agent, Math.floor(opening.rows / 2), opening);
    return { visitor, agent };
  };
  const how = opening.oneByOne ? 'one by one' : 'in two transactions';
  return { name: opening.rows === 0 ? 'bare object' : `bare object, rows ${how}`, server, talk };
}

async function insert(line: Line, rows: number, { oneByOne }: Opening): Promise<void> {
  if (rows === 0) return;
  const frames = oneByOne ? Array.from({ length: rows }, () => 1) : [rows];
  await Promise.all(frames.map((count) => line.insert(count)));
}
