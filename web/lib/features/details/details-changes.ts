// What an agent has changed in the details' form: only that is saved, so that what a colleague changes
// meanwhile stands.

import type { Details } from '#shared/conversation/events.ts';

type Edited = Omit<Details, 'fields'>;

export function detailsChanges(begun: Edited, edited: Edited): Partial<Edited> {
  const { topic, tags, priority, sla } = edited;
  return {
    ...(topic !== begun.topic && { topic }),
    ...(tags.join('\n') !== begun.tags.join('\n') && { tags }),
    ...(priority !== begun.priority && { priority }),
    ...(sla !== begun.sla && { sla }),
  };
}
