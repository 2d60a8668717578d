// Parley as a contender: real visitors and agents, over HTTP and sockets.

import * as v from 'valibot';
import { meBody, visitorBody } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newConversationId, type ConversationId, type DepartmentId } from '#shared/ids.ts';
import { ParleyClient } from '../scripts/client/parley-client.ts';
import { Wire } from '../scripts/client/wire.ts';
import { Person } from './client/person.ts';
import type { Contender, Talk } from './contender.ts';
import { AGENTS, PASSWORD, TALK } from './team.ts';
import { Line } from './line.ts';
import type { Units } from '../worker/testing/units.ts';
import { newAddress } from '../tests/support/address.ts';
import { startServer, type Server } from './servers/server.ts';

interface SignedInAgent {
  readonly agentId: string;
  /** What their browser sends along. */
  readonly cookie: string;
}

export class Parley implements Contender {
  readonly name = 'Parley';
  readonly server: Server;
  readonly #agents: readonly SignedInAgent[];
  readonly #client: ParleyClient;
  #talks = 0;

  private constructor(server: Server, client: ParleyClient, agents: readonly SignedInAgent[]) {
    this.server = server;
    this.#client = client;
    this.#agents = agents;
  }

  /** @param as `control` is what the benchmark can look into, `shipped` has the limits that ship */
  static async start(as: 'deployed' | 'control' | 'shipped' = 'deployed'): Promise<Parley> {
    const server = await startServer('parley', as);
    const client = new ParleyClient(server.url);
    const agents: SignedInAgent[] = [];
    for (const { email } of AGENTS) {
      const cookie = await client.signIn(email, PASSWORD);
      const me = await client.request('/api/me', { headers: { cookie } });
      agents.push({ cookie, agentId: v.parse(meBody, await me.json()).agentId });
    }
    const parley = new Parley(server, client, agents);
    for (const index of AGENTS.keys()) {
      const tab = parley.agentLine('/ws/agents/me', index);
      await tab.connect();
      // The server closes it every ten minutes. An agent without one is offline, and what they serve is handed on.
      tab.onLost = () => void tab.connect().catch(() => {});
      await tab.must({ type: 'availability.set', availability: 'available' });
    }
    return parley;
  }

  async talk(): Promise<Talk> {
    const { id, visitor } = await this.queued(TALK);
    const agent = this.agentAt(id, this.#talks++ % AGENTS.length);
    await agent.connect();
    await agent.must({ type: 'conversation.take' });
    return { visitor, agent };
  }

  /** A conversation that waits in a department's queue. */
  async queued(
    departmentId: DepartmentId = TALK,
  ): Promise<{ id: ConversationId; visitor: Person }> {
    const id = newConversationId();
    const visitor = await this.visitorAt(id);
    await visitor.connect();
    await visitor.must({
      type: 'conversation.open',
      departmentId,
      body: textBody('Is the fern in stock?'),
      previousId: null,
      page: 'https://shop.example/ferns',
      locale: null,
    });
    return { id, visitor };
  }

  /** A new visitor, not connected yet. */
  async visitorAt(conversationId: ConversationId): Promise<Person> {
    const headers = newAddress();
    const response = await this.#client.request('/api/visitors', { method: 'POST', headers });
    const { token } = v.parse(visitorBody, await response.json());
    const protocols = [SUBPROTOCOL, `${TOKEN_SUBPROTOCOL_PREFIX}${token}`];
    const { url } = this.server;
    return new Person({ conversationId, own: 'visitor', url, headers, protocols });
  }

  /** Not connected yet. */
  agentAt(conversationId: ConversationId, agent: number): Person {
    return new Person({
      conversationId,
      own: this.#agent(agent).agentId,
      url: this.server.url,
      headers: this.#headersOf(agent),
      protocols: [SUBPROTOCOL],
    });
  }

  /** Of one who only listens; not connected yet. */
  agentLine(path: string, agent: number): Line {
    return new Line(this.server.url, path, this.#headersOf(agent));
  }

  visitorWire(id: ConversationId): Promise<Wire> {
    return this.#client.visitor(id);
  }

  agentWire(id: ConversationId, agent: number): Promise<Wire> {
    const headers = this.#headersOf(agent);
    return Wire.open(this.server.url, `/ws/conversations/${id}`, { headers });
  }

  /** Counts again from zero what is billed. Only with the control bundle. */
  async resetLedger(): Promise<void> {
    await this.request('/bench/ledger', { method: 'DELETE' });
  }

  async ledger(): Promise<Units> {
    const response = await this.request('/bench/ledger');
    return (await response.json()) as Units; // The control bundle is built from the same source.
  }

  /** Puts bare entries behind what waits in a department, which loses its sockets by that. */
  async fillQueue(department: DepartmentId, count: number): Promise<void> {
    const before = await this.waitingIn(department);
    const path = `/bench/departments/${department}/queue/${count}?behind`;
    await this.request(path, { method: 'POST' });
    const after = await this.waitingIn(department);
    if (after < before + count)
      throw new Error(`${after} wait in ${department}, not ${count} more`);
  }

  /** How many wait in a department, in sight and beyond. */
  async waitingIn(department: DepartmentId): Promise<number> {
    const response = await this.request(`/bench/departments/${department}/waiting`);
    return v.parse(v.number(), await response.json());
  }

  /** A request by an agent, or one to the control routes. */
  async request(path: string, init: RequestInit = {}, agent = 0): Promise<Response> {
    return this.#client.request(path, { ...init, headers: this.#headersOf(agent) });
  }

  #headersOf(agent: number): Record<string, string> {
    return { origin: this.server.url, cookie: this.#agent(agent).cookie, ...newAddress() };
  }

  #agent(index: number): SignedInAgent {
    const agent = this.#agents[index];
    if (!agent) throw new Error(`There is no agent ${index}.`);
    return agent;
  }
}
