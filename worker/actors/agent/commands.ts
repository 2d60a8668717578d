// What an agent's tabs ask of their own object.

import type { AgentCommand, AgentEvent } from '#shared/agent.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import type { Settings } from '#shared/settings/schema.ts';
import type { AlertCommand } from './alerts.ts';
import { saidOfSelf } from './availability.ts';
import type { Drafts } from './drafts.ts';
import type { Inbox } from './inbox.ts';

interface Parts {
  readonly drafts: Drafts;
  readonly inbox: Inbox;
  readonly settings: Settings;
  readonly setPresence: (said: ReturnType<typeof saidOfSelf>) => void;
  readonly alert: (command: AlertCommand) => Outcome<null>;
}

interface Done {
  readonly event: AgentEvent;
  /** The tab that it comes from may be further by now. */
  readonly isForOthers: boolean;
}

/** What came of it; null: nothing that the others need to be told here. */
export function perform(command: AgentCommand, parts: Parts): Outcome<Done | null> {
  switch (command.type) {
    case 'draft.keep': {
      const { conversationId, text } = command;
      const kept = parts.drafts.keep(conversationId, text);
      const event = { type: 'draft.kept', conversationId, text } as const;
      return kept.ok ? accept({ event, isForOthers: true }) : kept;
    }
    case 'internal-draft.keep': {
      const { place, text } = command;
      const kept = parts.drafts.keep(place, text);
      const event = { type: 'internal-draft.kept', place, text } as const;
      return kept.ok ? accept({ event, isForOthers: true }) : kept;
    }
    case 'mention.see': {
      const { conversationId } = command;
      parts.inbox.seeMention(conversationId);
      return accept({ event: { type: 'mention.seen', conversationId }, isForOthers: false });
    }
    case 'availability.set': {
      const said = saidOfSelf(command, parts.settings);
      parts.setPresence(said);
      return accept({ event: { type: 'availability.changed', ...said }, isForOthers: false });
    }
    default:
      return parts.alert(command);
  }
}
