// An agent without a browser, for stories in which only the visitor's side is looked at.

import * as v from 'valibot';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import type { Mark } from '#shared/conversation/signals.ts';
import { conversationServerFrame, knownEvents, knownNotice } from '#shared/frames.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { DeskClient } from './desk-client.ts';
import type { Frame, Wire } from './wire.ts';
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
  let desk: DeskClient;
  const email = `${username}@parley.example`;
  beforeAll(() => {
    desk = new DeskClient(url());
  });
  afterAll(() => desk.leave());

  async function read(visitor: Visitor): Promise<Answering> {
    await visitor.isDelivered();
    const wire = await desk.agent(email, DEMO_PASSWORD, visitor.conversationId);
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
    arrive: () => desk.arrive(email, DEMO_PASSWORD),
    async leave() {
      await desk.leave();
      desk = new DeskClient(url());
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
    for (const text of texts) await this.#wire.must({ type: 'message.send', text });
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
    await this.#wire.must({ type: 'conversation.forward', to, comment: 'He knows plants.' });
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
    return this.#messages().map(({ text }) => text);
  }

  /** How many of the agent's messages have got to the visitor, and before his eyes. */
  heard(): Mark {
    const mark = this.#wire.frames.map(visitorMark).findLast((one) => one !== null);
    const own = this.#messages().filter(({ by }) => by.kind === 'agent');
    const upTo = (last = 0) => own.filter(({ seq }) => seq <= last).length;
    return { delivered: upTo(mark?.delivered), seen: upTo(mark?.seen) };
  }

  #messages() {
    return knownEvents(this.#wire.events()).filter((event) => event.type === 'message.sent');
  }
}

function visitorMark(frame: Frame): Mark | null {
  const { success, output } = v.safeParse(conversationServerFrame, frame);
  if (success && output.type === 'welcome') return output.marks.visitor;
  const notice = success && output.type === 'signal' ? knownNotice(output.signal) : null;
  return notice?.type === 'marks' ? notice.marks.visitor : null;
}
