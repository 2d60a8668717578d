// Commands as they are written: what they can go on with, and what they do once they are sent.

import type { Colleagues } from '#shared/api.ts';
import type { AgentId } from '#shared/ids.ts';
import { fetchColleagues } from '#web/lib/live/colleagues.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../actions/action.ts';
import type { Actions } from '../actions/actions.svelte.ts';
import { invite } from '../actions/conversation/invite.ts';
import { helpersFor } from '../colleagues/candidates.ts';
import {
  commandIn,
  commandOf,
  INVITE,
  invitedBy,
  suggestionsFor,
  type Suggestion,
} from './slash.ts';
import type { FieldMenu } from './writing.svelte.ts';

interface Parts {
  conversation: ConversationStore;
  actions: Actions;
  notices: Notices;
  text: () => string;
  write: (text: string) => void;
}

const NO_COMMANDS = ['invite', 'reply', 'palette'];

export class SlashMenu implements FieldMenu {
  readonly #parts: Parts;
  #colleagues = $state.raw<Colleagues | null>(null);
  #isAsked = false;
  #active = $state.raw(0);
  /** The text whose suggestions were waved aside. */
  #dismissed = $state.raw<string | null>(null);

  readonly suggestions: readonly Suggestion<AgentId>[] = $derived.by(() => {
    const text = this.#parts.text();
    if (text === this.#dismissed) return [];
    return suggestionsFor(text, this.#usable, this.#helpers);
  });

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The place of the suggestion that Enter chooses. */
  get active(): number {
    return Math.min(this.#active, this.suggestions.length - 1);
  }

  /** To be called with each change of the text. */
  written(text: string): void {
    this.#active = 0;
    if (commandIn(text)?.toLowerCase() !== INVITE) this.#isAsked = false;
    else if (!this.#isAsked) void this.#lookUp();
  }

  choose(suggestion: Suggestion<AgentId>): void {
    if (suggestion.kind === 'colleague' && suggestion.candidate.isBlocked) return;
    if (suggestion.kind === 'command') this.#begin(suggestion.action);
    else this.#parts.write(suggestion.text);
  }

  /** True when the press was for the suggestions. */
  press(key: string): boolean {
    const chosen = this.suggestions[this.active];
    if (!chosen) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const { length } = this.suggestions;
      this.#active = (this.active + (key === 'ArrowDown' ? 1 : length - 1)) % length;
      return true;
    }
    if (key === 'Escape') {
      this.#dismissed = this.#parts.text();
      return true;
    }
    // What is complete is sent, and not completed.
    const isWhole = chosen.text.trim() === this.#parts.text().trim() && chosen.kind !== 'command';
    if (key !== 'Tab' && (key !== 'Enter' || isWhole)) return false;
    this.choose(chosen);
    return true;
  }

  /** Does what the text says, if it is a command; false when it is a message. */
  submit(): boolean {
    const { text: written, actions, notices } = this.#parts;
    const text = written();
    const command = commandIn(text);
    if (command === null) return false;
    const username = invitedBy(text);
    const action = this.#all.find((one) => commandOf(one) === command.toLowerCase());
    if (username !== null) void this.#invite(username);
    else if (!action) notices.fail(m.slash_no_command({ command }));
    else if (text.trim() !== command) notices.fail(m.slash_alone({ command }));
    else if (actions.blocked(action) !== null) actions.run(action);
    else this.#begin(action);
    return true;
  }

  /** An invitation goes on with a name; all else is done now. */
  #begin(action: Action): void {
    const { actions, write } = this.#parts;
    if (action === invite) return write(`${INVITE} `);
    write('');
    actions.run(action);
  }

  async #invite(username: string): Promise<void> {
    const { conversation, actions, notices, write } = this.#parts;
    if (!this.#colleagues) await this.#lookUp();
    if (!this.#colleagues) return;
    const helper = this.#helpers.find((one) => one.username === username.toLocaleLowerCase());
    if (!helper) return notices.fail(m.slash_unknown({ username }));
    if (helper.status === 'present') return notices.fail(m.slash_present({ name: helper.name }));
    const done = m.notice_invited({ name: helper.name });
    const command = { type: 'agent.invite', agentId: helper.to } as const;
    if (await actions.ask(conversation, command, done)) write('');
  }

  /** The one that goes on comes first: a slash and Enter do no harm. Then those about the conversation. */
  get #all(): readonly Action[] {
    const others = this.#parts.actions.all.filter(({ id }) => !NO_COMMANDS.includes(id));
    const isHere = ({ command }: Action) => command !== undefined;
    return [invite, ...others.filter(isHere), ...others.filter((one) => !isHere(one))];
  }

  get #usable(): readonly Action[] {
    return this.#all.filter((action) => this.#parts.actions.blocked(action) === null);
  }

  get #helpers() {
    const { conversation, actions } = this.#parts;
    if (!this.#colleagues) return [];
    return helpersFor(this.#colleagues, (command, colleague) =>
      actions.preview(conversation, command, colleague),
    );
  }

  /** Again for each command: the status of colleagues changes. */
  async #lookUp(): Promise<void> {
    this.#isAsked = true;
    try {
      this.#colleagues = await fetchColleagues();
    } catch {
      this.#parts.notices.fail(m.choose_failed());
    }
  }
}
