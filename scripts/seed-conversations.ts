// The demo's conversations, held the way visitors and agents hold them: over HTTP and sockets.

import * as v from 'valibot';
import { visitorBody } from '#shared/api.ts';
import { TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newConversationId, type ConversationId, type DepartmentId } from '#shared/ids.ts';
import { DEMO_CONVERSATIONS, DEMO_PASSWORD, DEMO_PEOPLE } from './demo.ts';
import { LiveSocket } from './live-socket.ts';

type DemoConversation = (typeof DEMO_CONVERSATIONS)[number];

export async function seedConversations(
  url: string,
  departments: readonly DepartmentId[],
): Promise<void> {
  const desk = new Desk(url);
  try {
    for (const conversation of DEMO_CONVERSATIONS) {
      if (departments.some((id) => id === conversation.department)) await hold(desk, conversation);
    }
  } finally {
    await desk.leave();
  }
}

async function hold(desk: Desk, conversation: DemoConversation): Promise<void> {
  const { department, page, agent, messages, comment } = conversation;
  const [[, first] = ['visitor', ''], ...rest] = messages;
  const conversationId = newConversationId();
  const visitor = await desk.visitor(conversationId);
  await visitor.command({
    type: 'conversation.open',
    departmentId: department,
    text: first,
    previousId: null,
    page,
  });
  const answering = agent === null ? null : await desk.agent(agent, conversationId);
  await answering?.command({ type: 'conversation.take' });
  for (const [from, text] of rest) {
    const socket = from === 'visitor' ? visitor : answering;
    await socket?.command({ type: 'message.send', text });
  }
  await answering?.command({ type: 'conversation.end', comment });
  answering?.close();
  visitor.close();
}

/** The desk under its address, and the agents who are at work there for the while. */
class Desk {
  readonly #url: string;
  readonly #atWork = new Map<string, { cookie: string; own: LiveSocket }>();

  constructor(url: string) {
    this.#url = url;
  }

  async visitor(conversationId: ConversationId): Promise<LiveSocket> {
    const response = await this.#request('/api/visitors', { method: 'POST' });
    const { token } = v.parse(visitorBody, await response.json());
    return this.#conversation(conversationId, {
      subprotocols: [`${TOKEN_SUBPROTOCOL_PREFIX}${token}`],
    });
  }

  async agent(username: string, conversationId: ConversationId): Promise<LiveSocket> {
    const known = this.#atWork.get(username);
    const { cookie } = known ?? (await this.#begin(username));
    return this.#conversation(conversationId, { headers: { cookie } });
  }

  /** Leaves everybody away, as an agent is who has not come to work. */
  async leave(): Promise<void> {
    for (const { own, cookie } of this.#atWork.values()) {
      await own.command({ type: 'availability.set', availability: 'away' });
      own.close();
      await this.#request('/api/session', { method: 'DELETE', headers: { cookie } });
    }
  }

  async #begin(username: string) {
    const cookie = await this.#signIn(username);
    const headers = { cookie, origin: this.#url };
    const { socket: own } = await LiveSocket.open(this.#url, '/ws/agents/me', { headers });
    const atWork = { cookie, own };
    this.#atWork.set(username, atWork);
    await own.command({ type: 'availability.set', availability: 'available' });
    return atWork;
  }

  async #signIn(username: string): Promise<string> {
    const person = DEMO_PEOPLE.find((one) => one.username === username);
    const response = await this.#request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: person?.email, password: DEMO_PASSWORD }),
    });
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async #conversation(
    conversationId: ConversationId,
    { headers, subprotocols }: { headers?: Record<string, string>; subprotocols?: string[] },
  ): Promise<LiveSocket> {
    const path = `/ws/conversations/${conversationId}`;
    const options = {
      headers: { origin: this.#url, ...headers },
      subprotocols: subprotocols ?? [],
    };
    return (await LiveSocket.open(this.#url, path, options)).socket;
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const headers = { origin: this.#url, ...init.headers };
    const response = await fetch(new URL(path, this.#url), { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response;
  }
}
