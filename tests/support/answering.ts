// An agent without a browser, for stories in which only the visitor's side is looked at.

import * as v from 'valibot';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { conversationEventSchema } from '#shared/conversation/events.ts';
import { known } from '#shared/frames.ts';
import { receiptsSchema, type Receipt } from '#shared/receipts.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { ParleyClient } from '../../scripts/client/parley-client.ts';
import type { Frame, Wire } from '../../scripts/client/wire.ts';
import type { Visitor } from './people.ts';

interface AgentAtWork {
  /** Takes the conversation that the visitor has opened, and ends it after the story. */
  take: (visitor: Visitor) => Promise<Answering>;
  /** Reads it, without taking it. */
  read: (visitor: Visitor) => Promise<Answering>;
  /** Is there, with no conversation. */
  arrive: () => Promise<void>;
  /** Goes home, until the next conversation. */
  leave: () => Promise<void>;
}

/** An agent at work for a file of stories; call it once at its top. */
export function useAgent(username: string, url = () => inject('url')): AgentAtWork {
  let client: ParleyClient;
  const email = `${username}@parley.example`;
  beforeAll(() => {
    client = new ParleyClient(url());
  });
  afterAll(() => client.leave());

  async function read(visitor: Visitor): Promise<Answering> {
    await visitor.isDelivered();
    const wire = await client.agent(email, DEMO_PASSWORD, visitor.conversationId);
    const answering = new Answering(wire);
    onTestFinished(() => answering.leave());
    return answering;
  }
  return {
    read,
    async take(visitor) {
      const answering = await read(visitor);
      await answering.take();
      return answering;
    },
    arrive: () => client.arrive(email, DEMO_PASSWORD),
    async leave() {
      await client.leave();
      client = new ParleyClient(url());
    },
  };
}

/** A conversation as the agent who serves it has it. */
export class Answering {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async say(...texts: string[]): Promise<void> {
    for (const text of texts) await this.#wire.must({ type: 'message.send', body: textBody(text) });
  }

  async take(): Promise<void> {
    await this.#wire.must({ type: 'conversation.take' });
  }

  async invite(agentId: string): Promise<void> {
    await this.#wire.must({ type: 'agent.invite', agentId });
  }

  /** Goes, who was invited. */
  async stepOut(): Promise<void> {
    await this.#wire.must({ type: 'conversation.leave' });
  }

  async forwardTo(agentId: string): Promise<void> {
    const to = { kind: 'agent', agentId };
    await this.#wire.must({ type: 'conversation.forward', to, comment: 'They know plants.' });
  }

  async requeue(): Promise<void> {
    await this.#wire.must({ type: 'conversation.requeue' });
  }

  async hold(): Promise<void> {
    await this.#wire.must({ type: 'conversation.hold' });
  }

  typing(): void {
    this.#wire.signal({ type: 'typing', typing: true });
  }

  async end(): Promise<void> {
    await this.#wire.must({ type: 'conversation.end', comment: null });
  }

  /** Ends it, unless it has ended: the next story needs the agent's place. */
  async leave(): Promise<void> {
    await this.#wire.command({ type: 'conversation.end', comment: null });
    this.#wire.close();
  }

  /** The texts of both sides, in order. */
  said(): string[] {
    return this.#messages().map(({ body }) => body.text);
  }

  /** How many of the agent's messages have reached the visitor, and were seen. */
  heard(): Receipt {
    const receipt = this.#wire.frames.map(visitorReceipt).findLast((one) => one !== null);
    const own = this.#messages().filter(({ by }) => by.kind === 'agent');
    const upTo = (last = 0) => own.filter(({ seq }) => seq <= last).length;
    return { delivered: upTo(receipt?.delivered), seen: upTo(receipt?.seen) };
  }

  #messages() {
    return known(conversationEventSchema, this.#wire.events()).filter(
      (event) => event.type === 'message.sent',
    );
  }
}

function visitorReceipt(frame: Frame): Receipt | null {
  const told = v.safeParse(toldSchema, frame);
  if (!told.success) return null;
  const { receipts } = 'signal' in told.output ? told.output.signal : told.output;
  return receipts['visitor'] ?? null;
}

/** Receipts come alone, or travel with a welcome or with events. */
const toldSchema = v.union([
  v.object({ signal: v.object({ receipts: receiptsSchema }) }),
  v.object({ receipts: receiptsSchema }),
]);
