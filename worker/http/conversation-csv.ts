// Conversations as a file of comma-separated values, page by page as it is read.

import type { ListedConversation } from '#shared/conversation-lists/list.ts';
import { CSV_START, csvLine } from '#shared/csv.ts';
import type { Settings } from '#shared/settings/schema.ts';
import type { Position } from '../io/conversation-lists.ts';

interface Page {
  readonly conversations: readonly ListedConversation[];
  readonly next: Position | null;
}

type Named = Pick<Settings, 'departments' | 'priorities' | 'default_priority' | 'sla'>;

interface Columns {
  readonly names: readonly string[];
  /** The ids of the workspace's own fields, which come last. */
  readonly fields: readonly string[];
}

/** @param pageAfter a page of them; null: the first */
export function csvOfConversations(
  pageAfter: (after: Position | null) => Promise<Page>,
  settings: Named,
  { names, fields }: Columns,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let head = CSV_START + csvLine(names);
  let after: Position | null = null;
  return new ReadableStream({
    async pull(controller) {
      const { conversations, next } = await pageAfter(after);
      const lines = conversations.map((one) =>
        csvLine([...cellsOf(one, settings), ...fields.map((id) => one.fields[id] ?? '')]),
      );
      controller.enqueue(encoder.encode(head + lines.join('')));
      [head, after] = ['', next];
      if (next === null) controller.close();
    },
  });
}

function cellsOf(one: ListedConversation, settings: Named): string[] {
  const { departments, priorities, default_priority, sla } = settings;
  return [
    ...[one.conversationId, one.status, one.visitorName, nameIn(departments, one.departmentId)],
    ...[one.agentName ?? '', one.channel, nameIn(priorities, one.priority ?? default_priority)],
    ...[one.sla === null ? '' : nameIn(sla, one.sla), one.tags.join('; ')],
    ...[timeOf(one.openedAt), timeOf(one.closedAt), timeOf(one.lastMessageAt), one.preview],
  ];
}

const nameIn = (all: readonly { id: string; name: string }[], id: string): string =>
  all.find((one) => one.id === id)?.name ?? id;

const timeOf = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());
