// One department: the only writer of its queue and roster. Conversations and agents report to it; its
// agents' workspaces watch it.

import { DurableObject } from 'cloudflare:workers';
import {
  isRoutable,
  type DepartmentEvent,
  type DepartmentState,
  type QueueEntry,
  type RosterEntry,
} from '#shared/department.ts';
import { departmentClientFrame, PROTOCOL } from '#shared/frames.ts';
import type { AgentBy, By } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { Env } from '../../env.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets } from '../parts/sockets.ts';
import { mayWatch } from './decide.ts';
import { DepartmentStorage } from './storage.ts';

const now = () => Date.now();

export class Department extends DurableObject {
  readonly #storage: DepartmentStorage;
  readonly #sockets: Sockets<By>;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new DepartmentStorage(context.storage);
    this.#sockets = new Sockets(context, now);
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), {});
  }

  snapshot(by: AgentBy): Outcome<DepartmentState> {
    return mayWatch(by, this.#id) ? accept(this.#snapshot()) : refuse('department.not-yours');
  }

  /** Whether somebody could answer now. */
  isAttended(): boolean {
    return this.#storage.roster().some(isRoutable);
  }

  /** A conversation waits, as of `entry.seq`. May come twice, or late. */
  put(entry: QueueEntry): void {
    if (this.#storage.put(entry)) this.#broadcast({ type: 'entry.put', entry });
  }

  /** A conversation waits no longer, as of its `seq`. May come twice, or late. */
  remove(conversationId: ConversationId, queuedAt: number, seq: number): void {
    if (!this.#storage.remove(conversationId, queuedAt, seq)) return;
    this.#broadcast({ type: 'entry.removed', conversationId });
  }

  /** Every conversation that is or was in this queue, in the order of ids, from behind `after` on. */
  known(after: string, limit: number): ConversationId[] {
    return this.#storage.known(after, limit);
  }

  /** An agent's own word, as of its version. May come twice, or late. */
  announce(entry: RosterEntry): void {
    if (!this.#storage.enrol(entry.agentId, entry.version, entry)) return;
    this.#broadcast({ type: 'roster.changed', entry });
  }

  /** An agent is no longer a member. */
  dismiss(agentId: AgentId, version: number): void {
    if (!this.#storage.enrol(agentId, version, null)) return;
    this.#broadcast({ type: 'roster.left', agentId });
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    if (!this.#sockets.receive(socket, departmentClientFrame, data)) return;
    if (!mayWatch(this.#sockets.attachmentOf(socket).by, this.#id)) {
      return this.#sockets.close(socket, 'forbidden');
    }
    this.#sockets.amend(socket, { greeted: true });
    this.#sockets.send(socket, { type: 'welcome', protocol: PROTOCOL, state: this.#snapshot() });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
  }

  get #id(): DepartmentId {
    return this.ctx.id.name as DepartmentId; // Addressed by ids of the settings only.
  }

  #snapshot(): DepartmentState {
    const queue = this.#storage.queue();
    return { departmentId: this.#id, queue, roster: this.#storage.roster() };
  }

  #broadcast(event: DepartmentEvent): void {
    const frame = { type: 'events', events: [event] };
    this.#sockets.broadcast(() => frame);
  }
}
