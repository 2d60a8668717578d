// What can be chosen while a message is written: commands after a slash, canned responses after an exclamation mark.

import type { Actions } from '../actions/actions.svelte.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { CannedPicker } from '../canned/canned-picker.svelte.ts';
import type { CannedResponses } from '../canned/canned-responses.svelte.ts';
import { ConversationTarget } from '../canned/canned-target.svelte.ts';
import { cannedQueryIn } from '../canned/query.ts';
import { isCommand } from './slash.ts';
import { SlashMenu } from './slash-menu.svelte.ts';
import type { FieldMenu } from './writing.svelte.ts';

interface Parts {
  conversation: ConversationStore;
  actions: Actions;
  responses: CannedResponses;
  notices: Notices;
  text: () => string;
  write: (text: string) => void;
  field: () => HTMLTextAreaElement | null;
}

export class Menus implements FieldMenu {
  readonly slash: SlashMenu;
  readonly canned: CannedPicker;

  constructor(parts: Parts) {
    const { actions, conversation } = parts;
    const target = new ConversationTarget(actions.workspace, actions, conversation);
    this.slash = new SlashMenu(parts);
    this.canned = new CannedPicker({ ...parts, target });
  }

  get suggestions(): readonly unknown[] {
    return this.#current.suggestions;
  }
  /** The place of the suggestion that Enter chooses. */
  get active(): number {
    return this.#current.active;
  }

  /** To be called with each change of the text. */
  written(text: string): void {
    this.slash.written(text);
    this.canned.written(text);
  }

  /** True when the press was for the suggestions. */
  press(key: string): boolean {
    return this.#current.press(key);
  }

  /** Does what the text asks for; false when it is a message. */
  submit(): boolean {
    return this.#current.submit();
  }

  get #current(): SlashMenu | CannedPicker {
    return this.canned.query === null ? this.slash : this.canned;
  }
}

/** Whether what is being written is a message, as far as one can tell. */
export const isMessage = (text: string): boolean =>
  !isCommand(text) && cannedQueryIn(text) === null;
