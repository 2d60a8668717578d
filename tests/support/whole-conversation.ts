// A whole conversation as the real pages hold it, frame by frame: what is typed, sent and marked.

import type { Wire, Frame } from './wire.ts';

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
  marks(visitor, 'visitor');
  type(visitor);
  await visitor.must({
    type: 'conversation.open',
    departmentId,
    text: 'Is the fern in stock?',
    previousId: null,
    page: 'https://shop.example/ferns',
  });
  const agent = await come();
  marks(agent, 'agent');
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
      text: `Message ${index}: it likes the shade, I think.`,
    });
    await pause();
  }
}

function type(side: Wire): void {
  for (let said = 0; said < TYPING_SIGNALS; said++) side.signal({ type: 'typing', typing: true });
}

/** Says marks as the pages do: what has arrived at once, and what is theirs as seen right after. */
export function marks(side: Wire, kind: 'visitor' | 'agent'): void {
  let seen = 0;
  const say = () => side.signal({ type: 'mark', delivered: side.seq, seen });
  if (side.seq > 0) say();
  side.socket.addEventListener('message', ({ data }: { data: unknown }) => {
    const frame = JSON.parse(String(data)) as Frame;
    if (frame.type !== 'events') return;
    say();
    const events = frame['events'] as { type: string; by: { kind: string } }[];
    if (!events.some(({ type, by }) => type === 'message.sent' && by.kind !== kind)) return;
    seen = side.seq;
    say();
  });
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
