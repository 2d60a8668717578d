// The commands that an agent can write in place of a message.

import type { Candidate } from '../colleagues/candidates.ts';

export const INVITE = '/invite';

export type Suggestion<T> =
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'colleague'; readonly text: string; readonly candidate: Candidate<T> };

/** Whether what is being written is a command, and not for the visitor. */
export const isCommand = (text: string): boolean => text === '/' || /^\/\p{L}/u.test(text);

/** The name of a command that there is none of; null for a message, or a command that there is. */
export const unknownCommandIn = (text: string): string | null =>
  /^\/invite\b/.test(text) ? null : (/^\/\p{L}[\p{L}\d_-]*(?=\s|$)/u.exec(text)?.[0] ?? null);

/** Whom the whole text invites; null when it is no invitation. */
export function invitedBy(text: string): string | null {
  return /^\/invite\s+@?(\S+)\s*$/.exec(text)?.[1] ?? null;
}

/** How the text can go on. */
export function suggestionsFor<T>(
  text: string,
  colleagues: readonly Candidate<T>[],
): Suggestion<T>[] {
  if (text !== '' && INVITE.startsWith(text)) return [{ kind: 'command', text: `${INVITE} ` }];
  const wanted = /^\/invite\s+@?(\S*)$/.exec(text)?.[1]?.toLocaleLowerCase();
  if (wanted === undefined) return [];
  return colleagues
    .filter(({ name, username }) => beginsIn(`${username} ${name}`, wanted))
    .map((candidate) => ({
      kind: 'colleague',
      text: `${INVITE} @${candidate.username} `,
      candidate,
    }));
}

const beginsIn = (words: string, wanted: string): boolean =>
  words
    .toLocaleLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(wanted));
