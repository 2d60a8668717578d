// What the agent did a moment ago and can take back, for as long as the notice of it stands.

import type { CommandOf, ConversationCommand } from '#shared/conversation/commands.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#messages/compiled/messages.js';

type End = CommandOf<'conversation.end'>;

interface Parts {
  workspace: Pick<WorkspaceStore, 'keep' | 'agent'>;
  notices: Notices;
  ask: (
    conversation: ConversationStore,
    command: ConversationCommand,
    done: string,
  ) => Promise<boolean>;
  /** The shortcut that takes back. */
  keys: () => string | undefined;
}

interface Ending {
  readonly conversation: ConversationStore;
  readonly command: End;
  /** The visitor's last message, when the agent chose to end. */
  readonly after: number;
}

export class Undo {
  readonly #parts: Parts;
  #ending = $state.raw<Ending | null>(null);
  /** Whether the last end that was sent came about. */
  #sent: Promise<boolean> = Promise.resolve(false);
  /** What the form to end had, so that nobody writes it twice. */
  #takenBack: Ending | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get canUndo(): boolean {
    return this.#parts.notices.hasOffer;
  }

  /** @param back the command that takes back what was done */
  offer(conversation: ConversationStore, told: string, back: ConversationCommand): void {
    const { workspace, ask } = this.#parts;
    const release = workspace.keep(conversation.id);
    this.#offer(told, {
      accept: () => void ask(conversation, back, m.notice_undone()).finally(release),
      lapse: release,
    });
  }

  /** An end is for good, so it is sent only when nobody has taken it back. */
  end(conversation: ConversationStore, command: End): void {
    const { workspace, ask } = this.#parts;
    const ending = { conversation, command, after: lastOfVisitor(conversation) };
    const release = workspace.keep(conversation.id);
    const finish = () => {
      release();
      if (this.#ending === ending) this.#ending = null;
    };
    this.#offer(m.notice_ending({ name: nameIn(conversation) }), {
      accept: () => {
        this.#takenBack = ending;
        finish();
      },
      lapse: () => {
        if (this.#isAnswered(ending)) return finish();
        this.#sent = ask(conversation, command, m.notice_ended()).finally(finish);
      },
    });
    this.#ending = ending;
  }

  isEnding({ id }: Pick<ConversationStore, 'id'>): boolean {
    return this.#ending?.conversation.id === id;
  }

  /** Its slot is needed: what is about to end ends now. Resolves when the slot is free. */
  async endNow(): Promise<void> {
    if (!this.#ending) return;
    const { workspace, notices } = this.#parts;
    const { id } = this.#ending.conversation;
    notices.settle();
    if (await this.#sent) await workspace.agent.released(id);
  }

  /** What was written in a form to end that was taken back. */
  takenBackIn(conversation: ConversationStore): End | null {
    return this.#takenBack?.conversation === conversation ? this.#takenBack.command : null;
  }

  /** A visitor who has written meanwhile is heard: call it when messages arrive. */
  heed(): void {
    const ending = this.#ending;
    if (!ending || !this.#isAnswered(ending)) return;
    const { notices } = this.#parts;
    notices.acceptOffer();
    notices.fail(m.notice_not_ended({ name: nameIn(ending.conversation) }));
  }

  #isAnswered({ conversation, after }: Ending): boolean {
    return lastOfVisitor(conversation) > after;
  }

  #offer(told: string, outcome: { accept: () => void; lapse: () => void }): void {
    const { notices, keys } = this.#parts;
    notices.offer(told, { label: m.action_undo(), keys: keys(), ...outcome });
  }
}

function lastOfVisitor({ state }: ConversationStore): number {
  if (state.status === 'new' || state.lastMessage?.from !== 'visitor') return 0;
  return state.lastMessage.seq;
}

const nameIn = ({ state }: ConversationStore): string =>
  state.status === 'new' ? '' : state.visitor.name;
