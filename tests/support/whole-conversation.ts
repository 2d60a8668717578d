// A whole conversation as the real pages hold it, frame by frame: what is typed, sent and marked.

import { textBody } from '#shared/conversation/body.ts';
import type { Wire, Frame } from '../../scripts/client/wire.ts';

export const MESSAGES = 20;
/** A message takes five seconds to write, and typing is said every three. */
const TYPING_SIGNALS = 2;
/** For what a message brings about on the other side. */
const PAUSE_MS = 20;

export interface Sides {
  /** Connected, with the conversation not opened yet. */
  readonly visitor: Wire;
  /** Comes when the visitor has written. */
  readonly agent: () => Promise<Wire>;
  readonly departmentId: string;
}

/** From the visitor's first word until both have left. */
export async function holdConversation({
  visitor,
  agent: come,
  departmentId,
}: Sides): Promise<void> {
  tellReceipts(visitor, 'visitor');
  type(visitor);
  await visitor.must({
    type: 'conversation.open',
    departmentId,
    body: textBody('Is the fern in stock?'),
    previousId: null,
    page: 'https://shop.example/ferns',
    locale: null,
  });
  const agent = await come();
  tellReceipts(agent, 'agent');
  await agent.must({ type: 'conversation.take' });
  await talk(visitor, agent, MESSAGES - 1);
  await agent.must({ type: 'conversation.end', comment: 'Bought a fern' });
  await pause();
  visitor.close();
  agent.close();
}

/** Messages by turns, the agent's first. */
export async function talk(visitor: Wire, agent: Wire, messages: number): Promise<void> {
  for (let index = 0; index < messages; index++) {
    const side = index % 2 === 0 ? agent : visitor;
    type(side);
    await side.must({
      type: 'message.send',
      body: textBody(`Message ${index}: it likes the shade, I think.`),
    });
    await pause();
  }
}

function type(side: Wire): void {
  for (let said = 0; said < TYPING_SIGNALS; said++) side.signal({ type: 'typing', typing: true });
}

/** Tells receipts as the pages do: one for what the other side wrote. Alone each time, which is the most that they may cost. */
export function tellReceipts(side: Wire, kind: 'visitor' | 'agent'): void {
  side.socket.addEventListener('message', ({ data }: { data: unknown }) => {
    const frame = JSON.parse(String(data)) as Frame;
    if (frame.type !== 'events') return;
    const events = frame['events'] as { type: string; by: { kind: string } }[];
    if (!events.some(({ type, by }) => type === 'message.sent' && by.kind !== kind)) return;
    side.signal({ type: 'receipt', delivered: side.seq, seen: side.seq });
  });
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
