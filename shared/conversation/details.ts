// What agents note about a conversation, while it is open and after it, and what a department asks for at the end.

import { fieldsOf, judgeFields, type FieldChanges } from '#shared/custom-fields.ts';
import { accept, refuse, type Outcome, type Refused } from '#shared/refusals.ts';
import { isBlank } from '#shared/text.ts';
import type { DepartmentRules, Rules } from '#shared/settings/rules.ts';
import { requireAssignee } from './access.ts';
import type { CommandOf } from './commands.ts';
import type { DecisionContext } from './decision-context.ts';
import type { Details, DetailsChange, NewEvent } from './events.ts';
import type { ClosedConversation, OpenedConversation } from './state.ts';

type Wanted = Omit<CommandOf<'details.set'>, 'type'>;

/** Undefined for one that the settings no longer have. */
export const departmentOf = (
  { departmentId }: OpenedConversation,
  { departments }: Rules,
): DepartmentRules | undefined => departments.find(({ id }) => id === departmentId);

export function decideDetails(
  state: OpenedConversation,
  { type: _, ...wanted }: CommandOf<'details.set'>,
  { by, rules }: DecisionContext,
): Outcome<NewEvent[]> {
  const no = requireAssignee(state, by) ?? unknownIn(wanted, rules);
  if (no) return no;
  const known = fieldsOf(rules.customFields, 'conversation');
  const fields = judgeFields(known, state.details.fields, wanted.fields ?? {});
  if (!fields.ok) return fields;
  const changes = changedIn({ ...wanted, fields: fields.value }, state.details);
  return accept([...detailsChanged(changes), ...shownToVisitor(fields.value, rules)]);
}

/** What the end of a conversation asks for can be said after it, where the visitor or a timer has ended it. */
export function decideWrapUp(
  state: ClosedConversation,
  { comment, tags }: CommandOf<'conversation.wrap-up'>,
  { by, rules }: DecisionContext,
): Outcome<NewEvent[]> {
  const no =
    requireAssignee(state, by) ??
    unknownIn({ tags }, rules) ??
    missingForEnd(departmentOf(state, rules), comment ?? state.comment, tags ?? state.details.tags);
  if (no) return no;
  const isNew = comment !== null && comment !== state.comment;
  return accept([
    ...detailsChanged(changedIn({ tags }, state.details)),
    ...(isNew ? [{ type: 'comment.added' as const, text: comment }] : []),
  ]);
}

/** Whether it has ended without what its department asks for, and nobody could have said it at the end. */
export function lacksWrapUp(state: OpenedConversation, rules: Rules): boolean {
  if (state.status !== 'closed' || state.agent === null || state.closedBy.kind === 'agent') {
    return false;
  }
  return missingForEnd(departmentOf(state, rules), state.comment, state.details.tags) !== null;
}

/** Only what differs, so that the log tells what was done; null when nothing does. */
export function changedIn(wanted: Wanted, details: Details): DetailsChange | null {
  const { tags, priority, sla, fields } = wanted;
  const topic = wanted.topic != null && isBlank(wanted.topic) ? null : wanted.topic;
  const changes: DetailsChange = {
    ...(topic !== undefined && topic !== details.topic && { topic }),
    ...(tags && tags.join('\n') !== details.tags.join('\n') && { tags }),
    ...(priority !== undefined && priority !== details.priority && { priority }),
    ...(sla !== undefined && sla !== details.sla && { sla }),
    ...(fields && Object.keys(fields).length > 0 && { fields }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}

export const detailsChanged = (changes: DetailsChange | null): NewEvent[] =>
  changes ? [{ type: 'details.changed', ...changes }] : [];

function shownToVisitor(changes: FieldChanges, { customFields }: Rules): NewEvent[] {
  const fields = fieldsOf(customFields, 'conversation').flatMap(({ id, name, visitorMaySee }) => {
    const value = changes[id];
    return visitorMaySee && value !== undefined ? [{ name, value }] : [];
  });
  return fields.length > 0 ? [{ type: 'fields.shown', fields }] : [];
}

export function missingForEnd(
  department: DepartmentRules | undefined,
  comment: string | null,
  tags: readonly string[],
): Refused | null {
  if (department?.commentRequired && !comment) return refuse('ending.comment-required');
  if (department?.tagsRequired && tags.length === 0) return refuse('ending.tags-required');
  return null;
}

/** What the settings don't have. */
export function unknownIn(
  { tags, priority, sla }: Pick<Wanted, 'tags' | 'priority' | 'sla'>,
  rules: Rules,
): Refused | null {
  const unknown = tags?.find((tag) => !rules.tags.includes(tag));
  if (unknown !== undefined) return refuse('tag.unknown', { tag: unknown });
  if (priority && !rules.priorities.some(({ id }) => id === priority)) {
    return refuse('priority.unknown', { priority });
  }
  return sla && !rules.sla.some(({ id }) => id === sla) ? refuse('sla.unknown', { sla }) : null;
}
