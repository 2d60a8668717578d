// Departments that assign automatically: many agents, each with a workspace open, and all of them at their limit, so
// that the agent who ends a conversation gets the next.

import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { AgentPrincipal } from '#shared/identity.ts';
import { agentIdSchema, type ConversationId, type DepartmentId } from '#shared/ids.ts';
import { atPace } from './crowd.ts';
import { POOLS } from './team.ts';
import { IDENTITY_HEADER } from './identity-header.ts';
import { Line } from './line.ts';
import type { Parley } from './parley.ts';
import type { ServerFrame } from './server-frame.ts';

export const CHATS_AT_MOST = 4;
const SOCKETS_PER_SECOND = 150;
const OPENED_PER_CALL = 20;
/** More than are assigned while a queue of that length is measured, so that it is filled once. */
const SPARE = 50;
const PATIENCE_MS = 30_000;
const POLLED_EVERY_MS = 20;

type AgentEvent = { type: string; conversationId: ConversationId; as?: string };

/** An agent, and what they serve by their own workspace. */
export interface Worker {
  readonly by: AgentPrincipal;
  /** The pair of departments in which they are a member of one, or of both. */
  readonly pair: number;
  readonly own: Line;
  readonly served: Set<ConversationId>;
}

export class RoutedTeam {
  readonly workers: readonly Worker[];
  readonly #parley: Parley;
  readonly #lines: Line[] = [];
  #changed: () => void = () => undefined;

  private constructor(parley: Parley, agents: number) {
    this.#parley = parley;
    this.workers = Array.from({ length: agents }, (_, index) => {
      const by = agentOf(index);
      const own = this.#line('agent', by.agentId, by);
      return { by, own, pair: pairOf(index), served: new Set() };
    });
  }

  static async open(parley: Parley, agents: number): Promise<RoutedTeam> {
    const team = new RoutedTeam(parley, agents);
    await atPace(agents, SOCKETS_PER_SECOND / 3, (index) => team.#begin(team.workers[index]));
    await team.#fillAgents();
    return team;
  }

  /** Opens conversations, and puts bare entries behind them, until so many wait in each department. */
  async fillQueues(real: number, bare: number): Promise<void> {
    await this.#openUntil(real);
    for (const id of POOLS) {
      const missing = real + bare - (await this.#parley.waitingIn(id));
      if (bare > 0 && missing > 0) await this.#parley.fillQueue(id, missing + SPARE);
    }
    await this.#untilWaiting(real + bare);
  }

  /** The agent's socket at a conversation. */
  async at(id: ConversationId, { by }: Worker): Promise<Line> {
    const line = this.#line('conversation', id, by);
    await line.connect();
    return line;
  }

  /** Resolves when they are shown one more conversation than those they have. */
  nextOf({ served, by }: Worker): Promise<void> {
    const had = new Set(served);
    return this.#until(
      () => [...served].some((id) => !had.has(id)),
      () =>
        `${by.agentId} of ${by.departments.join(', ')} has ${served.size} and was given nothing`,
    );
  }

  close(): void {
    for (const line of this.#lines) line.drop();
  }

  #line(actor: string, name: string, by: AgentPrincipal): Line {
    const headers = { [IDENTITY_HEADER]: JSON.stringify(by) };
    return new Line(this.#parley.server.url, `/bench/sockets/${actor}/${name}`, headers);
  }

  async #keep(line: Line): Promise<void> {
    this.#lines.push(line);
    line.onLost = () => void line.connect().catch(() => {});
    await line.connect();
  }

  async #begin(worker: Worker | undefined): Promise<void> {
    if (!worker) return;
    const { by, own, served } = worker;
    own.onFrame = (frame) => {
      for (const { type, conversationId } of eventsOf<AgentEvent>(frame)) {
        if (type === 'slot.held') served.add(conversationId);
        if (type === 'slot.released') served.delete(conversationId);
      }
      this.#changed();
    };
    await this.#keep(own);
    for (const id of by.departments) await this.#keep(this.#line('department', id, by));
    await own.must({ type: 'availability.set', availability: 'available' });
  }

  /** Real conversations, routed as they come, until nobody has a free place. */
  async #fillAgents(): Promise<void> {
    const free = ({ served }: Worker) => CHATS_AT_MOST - served.size;
    for (let round = 0; this.workers.some((worker) => free(worker) > 0); round++) {
      if (round === 10) throw new Error('agents could not be filled');
      for (const id of POOLS) {
        const own = this.workers.filter(({ by }) => by.departments[0] === id);
        await this.#open(
          id,
          own.reduce((sum, worker) => sum + free(worker), 0),
        );
      }
      await sleep(1_000);
    }
  }

  async #openUntil(waiting: number): Promise<void> {
    for (const id of POOLS) await this.#open(id, waiting - (await this.#parley.waitingIn(id)));
    await this.#untilWaiting(waiting);
  }

  /** So many in each department. Screens show only the first of a long queue. */
  async #untilWaiting(count: number): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(POLLED_EVERY_MS)) {
      const found = await Promise.all(POOLS.map((id) => this.#parley.waitingIn(id)));
      if (found.every((one) => one >= count)) return;
      if (Date.now() > end)
        throw new Error(`${count} should wait in each, not ${found.join(', ')}`);
    }
  }

  async #open(departmentId: DepartmentId, count: number): Promise<void> {
    for (let left = count; left > 0; left -= OPENED_PER_CALL) {
      const path = `/bench/departments/${departmentId}/open/${Math.min(left, OPENED_PER_CALL)}`;
      await this.#parley.request(path, { method: 'POST' });
    }
  }

  async #until(met: () => boolean, problem: () => string): Promise<void> {
    if (met()) return;
    const before = this.#changed;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(problem())), PATIENCE_MS);
      this.#changed = () => {
        before();
        if (!met()) return;
        clearTimeout(timer);
        this.#changed = before;
        resolve();
      };
    });
  }
}

/** The events of a department's or an agent's stream, whose shape is known by the stream. */
const eventsOf = <Event>({ type, events }: ServerFrame): readonly Event[] =>
  type === 'events' ? ((events ?? []) as unknown as Event[]) : [];

const PAIRS = POOLS.length / 2;
const pairOf = (index: number): number => index % PAIRS;

/** Of each pair a third are members of the first, a third of the second, and a third of both. */
function agentOf(index: number): AgentPrincipal {
  const pair = pairOf(index);
  const kind = Math.floor(index / PAIRS) % 3;
  const both = POOLS.slice(2 * pair, 2 * pair + 2);
  return {
    kind: 'agent',
    agentId: v.parse(agentIdSchema, `routed-${index}`),
    name: `Theo Lindqvist ${index}`,
    departments: kind === 2 ? both : both.slice(kind, kind + 1),
    permissions: ['conversation.take'],
    maxConversations: CHATS_AT_MOST,
  };
}
