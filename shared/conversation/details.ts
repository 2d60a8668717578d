// What agents note about a conversation, and what a department asks of it before the end.

import { refuse, type Refused } from '#shared/refusals.ts';
import { isBlank } from '#shared/text.ts';
import type { DepartmentRules, Rules } from '#shared/settings/rules.ts';
import type { CommandOf } from './commands.ts';
import type { Details } from './events.ts';

type Wanted = Omit<CommandOf<'details.set'>, 'type'>;

/** Only what differs, so that the log tells what was done; null when nothing does. */
export function changedIn(wanted: Wanted, details: Details): Wanted | null {
  const { tags, priority, sla } = wanted;
  const topic = wanted.topic != null && isBlank(wanted.topic) ? null : wanted.topic;
  const changes: Wanted = {
    ...(topic !== undefined && topic !== details.topic && { topic }),
    ...(tags && tags.join('\n') !== details.tags.join('\n') && { tags }),
    ...(priority !== undefined && priority !== details.priority && { priority }),
    ...(sla !== undefined && sla !== details.sla && { sla }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
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

export function unknownTag(tags: readonly string[] | undefined, rules: Rules): Refused | null {
  const unknown = tags?.find((tag) => !rules.tags.includes(tag));
  return unknown === undefined ? null : refuse('tag.unknown', { tag: unknown });
}
