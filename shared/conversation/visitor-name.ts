// What a visitor is called.

import type { VisitorId } from '#shared/ids.ts';

/** Until they give their name, something that tells them from the others. */
export const provisionalName = (visitorId: VisitorId): string =>
  `Visitor ${visitorId.slice(-4).toUpperCase()}`;

/** Whether they have a name of their own. */
export const isNamed = ({ id, name }: { id: VisitorId; name: string }): boolean =>
  name !== provisionalName(id);
