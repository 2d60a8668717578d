// Who is there now: which agents have the conversation open before them, and on which page its visitor is. Kept with
// each socket and told to agents; nothing of it is stored.

import { isVisitor } from '#shared/conversation/access.ts';
import type { PresenceSignal, ServerSignal } from '#shared/conversation/signals.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { audienceOf, type ConnectedPrincipal } from '#shared/identity.ts';
import type { LogSocketState } from '../parts/log-stream.ts';
import type { Sockets } from '../parts/sockets.ts';

type OwnSockets = Pick<Sockets<never, LogSocketState>, 'stateOf' | 'amend' | 'greeted'>;
type IsFor = (state: LogSocketState, socket: WebSocket) => boolean;
type Notify = (signal: ServerSignal, isFor: IsFor) => void;

export class Presence {
  readonly #sockets: OwnSockets;
  readonly #stream: { readonly notify: Notify };

  constructor(sockets: OwnSockets, stream: { readonly notify: Notify }) {
    this.#sockets = sockets;
    this.#stream = stream;
  }

  hear(socket: WebSocket, signal: PresenceSignal): void {
    const state = this.#sockets.stateOf(socket);
    // Each says only what is theirs to say.
    if (isVisitor(state.by) !== (signal.type === 'page')) return;
    const change = signal.type === 'page' ? { page: signal.page } : { isLooking: signal.looking };
    this.#sockets.amend(socket, change);
    this.#tell(isAgent);
  }

  /** An agent who comes is told what the others know, if there is anything. */
  welcome(socket: WebSocket): void {
    const { looking, page } = this.#found(null);
    if (looking.length === 0 && page === null) return;
    this.#tell((state, one) => one === socket && isAgent(state));
  }

  /** A socket is gone. */
  left(socket: WebSocket): void {
    const { page, isLooking } = this.#sockets.stateOf(socket);
    if (page != null || isLooking) this.#tell(isAgent, socket);
  }

  #tell(isFor: IsFor, gone: WebSocket | null = null): void {
    this.#stream.notify({ type: 'presence', ...this.#found(gone) }, isFor);
  }

  #found(gone: WebSocket | null): { looking: AgentRef[]; page: string | null } {
    const states = this.#sockets
      .greeted()
      .filter(({ socket }) => socket !== gone)
      .map(({ state }) => state);
    const looking = new Map(
      states.flatMap(({ by, isLooking }): [string, AgentRef][] =>
        isLooking && by.kind === 'agent' ? [[by.agentId, { id: by.agentId, name: by.name }]] : [],
      ),
    );
    // The tab that came last is the one that they are most likely in.
    const page = states.toSorted((one, other) => other.renewAt - one.renewAt).find(hasPage);
    return { looking: [...looking.values()], page: page?.page ?? null };
  }
}

const hasPage = ({ page }: LogSocketState): boolean => page != null;

const isAgent = ({ by }: { readonly by: ConnectedPrincipal }): boolean =>
  audienceOf(by) === 'agents';
