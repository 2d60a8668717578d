// What an agent has changed in the details' form: only that is saved, so that what a colleague changes
// meanwhile stands.

import type { Details } from '#shared/conversation/events.ts';

export function detailsChanges(begun: Details, edited: Details): Partial<Details> {
  const { topic, tags, priority, sla } = edited;
  return {
    ...(topic !== begun.topic && { topic }),
    ...(tags.join('\n') !== begun.tags.join('\n') && { tags }),
    ...(priority !== begun.priority && { priority }),
    ...(sla !== begun.sla && { sla }),
  };
}
