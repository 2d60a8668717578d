// An agent's workspace for tests: the agent as the server has them, a browser, and pages of it.

import * as v from 'valibot';
import { NO_PREFERENCES } from '#shared/account/preferences.ts';
import {
  evolveAgent,
  type Access,
  type AgentCommand,
  type AgentEvent,
  type AgentState,
} from '#shared/agent.ts';
import type { Workspace } from '#shared/api.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import {
  evolveDepartment,
  type DepartmentEvent,
  type DepartmentState,
} from '#shared/department.ts';
import { agentClientFrame, PROTOCOL } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import { refusal, type RefusalCode } from '#shared/refusals.ts';
import { rules } from '#shared/testing/decisions.ts';
import type { ConversationStore } from '../conversation-store.svelte.ts';
import { WorkspaceStore, type WorkspaceStoreOptions } from '../workspace-store.svelte.ts';
import { FakeBrowser, type FakePage } from './environment.ts';
import { FakeServer, MARA, SALES, type FakeConversation } from './server.ts';
import type { FakeSocket } from './socket.ts';

const ORIGIN = 'https://chat.example';

const NO_INBOX = { internalDrafts: {}, directChats: [], mentions: [] };

/** A stream that begins with a snapshot: of an agent, or of a department. */
class FakeStream {
  readonly #sockets = new Set<FakeSocket>();

  add(socket: FakeSocket, state: object): void {
    socket.hear({ type: 'welcome', protocol: PROTOCOL, state });
    this.#sockets.add(socket);
  }

  tell(events: readonly object[], except?: FakeSocket): void {
    for (const socket of this.#sockets) {
      if (socket !== except) socket.hear({ type: 'events', events });
    }
  }
}

export class FakeAgent extends FakeStream {
  state: AgentState = {
    agentId: MARA.id,
    availability: 'available',
    slots: [],
    drafts: {},
    ...NO_INBOX,
  };
  /** What was said about alerts. */
  readonly alertCommands: AgentCommand[] = [];
  /** Codes with which the next commands are refused, one each. */
  readonly refusals: RefusalCode[] = [];
  access: Access = {
    departments: [SALES],
    permissions: ['conversation.take'],
    maxConversations: null,
  };

  happen(event: AgentEvent, except?: FakeSocket): void {
    this.state = evolveAgent(this.state, event);
    this.tell([event], except);
  }

  answer(socket: FakeSocket, raw: unknown): void {
    const frame = v.parse(agentClientFrame, raw);
    if (frame.type === 'hello') return this.add(socket, { ...this.state, access: this.access });
    const { id, command } = frame;
    const code = this.refusals.shift();
    if (code) return socket.hear({ type: 'refused', id, refusal: refusal(code), sentence: code });
    this.#do(command, socket);
    socket.hear({ type: 'accepted', id, seq: 0 });
  }

  #do(command: AgentCommand, from: FakeSocket): void {
    switch (command.type) {
      case 'draft.keep': {
        const { conversationId, text } = command;
        return this.happen({ type: 'draft.kept', conversationId, text }, from);
      }
      case 'internal-draft.keep': {
        const { place, text } = command;
        return this.happen({ type: 'internal-draft.kept', place, text }, from);
      }
      case 'mention.see':
        return this.happen({ type: 'mention.seen', conversationId: command.conversationId });
      case 'availability.set':
        return this.happen({
          ...{ type: 'availability.changed', availability: command.availability },
        });
      default:
        this.alertCommands.push(command);
    }
  }
}

export class FakeDepartment extends FakeStream {
  state: DepartmentState = { departmentId: SALES, queue: [], roster: [], ceiling: null };

  happen(...events: DepartmentEvent[]): void {
    this.state = events.reduce(evolveDepartment, this.state);
    this.tell(events);
  }
}

export class FakeWorkspace {
  readonly server = new FakeServer();
  readonly agent = new FakeAgent();
  readonly sales = new FakeDepartment();
  /** What the settings call the department. */
  departmentName = 'Sales';
  readonly browser = new FakeBrowser(
    (socket) => this.#accept(socket),
    async (url) =>
      url === `${ORIGIN}/api/workspace`
        ? Response.json(this.#rendered())
        : new Response(null, { status: 404 }),
  );

  /** A conversation that Mara serves. */
  serving(id: ConversationId, text: string): FakeConversation {
    const conversation = this.server.conversation(id);
    conversation.open(text);
    conversation.happen([{ type: 'conversation.taken', agent: MARA }], MARA);
    this.agent.happen({ type: 'slot.held', conversationId: id, as: 'serving' });
    return conversation;
  }

  /** The page is loaded. @param opened the conversation that it shows */
  load(
    opened: ConversationSnapshot | null = null,
    options: Partial<WorkspaceStoreOptions> = {},
  ): { page: FakePage; workspace: WorkspaceStore } {
    const page = this.browser.page();
    const workspace = new WorkspaceStore(this.#rendered(), {
      origin: ORIGIN,
      opened,
      environment: page,
      ...options,
    });
    workspace.connect();
    return { page, workspace };
  }

  #rendered(): Workspace {
    const { slots } = this.agent.state;
    const settings = rules();
    const departments = settings.departments.map((department) =>
      department.id === SALES ? { ...department, name: this.departmentName } : department,
    );
    return {
      me: {
        agentId: MARA.id,
        name: MARA.name,
        email: 'mara@parley.example',
        username: 'mara',
        role: 'agent',
        permissions: ['conversation.take'],
        departments: [SALES],
        maxConversations: null,
      },
      preferences: NO_PREFERENCES,
      shortcuts: {},
      settings: { name: 'Green Shop', maxConversations: 5, ...settings, departments },
      agent: this.agent.state,
      departments: [this.sales.state],
      conversations: slots.map(
        ({ conversationId }) => this.server.conversation(conversationId).snapshot,
      ),
      closed: [],
      former: [],
      offlineMessages: [],
    };
  }

  #accept(socket: FakeSocket): void {
    const { pathname } = new URL(socket.url);
    if (pathname.startsWith('/ws/conversations/')) return this.server.accept(socket);
    if (this.server.isDown) return;
    socket.onSent = (raw) => {
      if (raw === 'ping') return;
      setTimeout(() => {
        if (pathname === '/ws/agents/me') this.agent.answer(socket, raw);
        else this.sales.add(socket, this.sales.state);
      });
    };
    setTimeout(() => socket.open());
  }
}

/** The one conversation that the agent serves. */
export function servedIn({ inProgress }: WorkspaceStore): ConversationStore {
  const [conversation] = inProgress;
  if (!conversation) throw new Error('The agent serves nothing.');
  return conversation;
}
