// The body of the route that invites a colleague.

import * as v from 'valibot';

/** `POST /api/conversations/:id/invitations` */
export const invitationBody = v.strictObject({
  /** As colleagues write it after an @; the @ may come along. */
  username: v.pipe(
    v.string(),
    v.trim(),
    v.toLowerCase(),
    v.transform((name) => name.replace(/^@/, '')),
    v.minLength(1, 'a username'),
    v.maxLength(64),
  ),
});
