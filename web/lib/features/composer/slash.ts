// The commands that an agent can write in place of a message: one for each action.

import type { Action } from '../actions/action.ts';
import type { Candidate } from '../colleagues/candidates.ts';

export const INVITE = '/invite';

export type Suggestion<T> =
  | { readonly kind: 'command'; readonly text: string; readonly action: Action }
  | { readonly kind: 'colleague'; readonly text: string; readonly candidate: Candidate<T> };

export const commandOf = ({ id }: Action): string => `/${id.toLowerCase()}`;

/** Whether what is being written is a command, and not for the visitor. */
export const isCommand = (text: string): boolean => text === '/' || /^\/\p{L}/u.test(text);

/** The command that a text begins with, as it was written; null for a message, such as a path. */
export const commandIn = (text: string): string | null =>
  /^\/(?:\p{L}[\p{L}\d_-]*(?=\p{P}*(?:\s|$))|\s*$)/u.exec(text)?.[0].trim() ?? null;

/** Whom the whole text invites; null when it is no invitation. */
export function invitedBy(text: string): string | null {
  return /^\/invite\s+@?(\S+)\s*$/i.exec(text)?.[1] ?? null;
}

/** How the text can go on. @param actions that can be used now */
export function suggestionsFor<T>(
  text: string,
  actions: readonly Action[],
  colleagues: readonly Candidate<T>[],
): Suggestion<T>[] {
  if (isCommand(text) && !/\s/.test(text)) {
    const written = text.toLowerCase();
    return actions
      .map((action) => ({ kind: 'command', text: commandOf(action), action }) as const)
      .filter((suggestion) => suggestion.text.startsWith(written));
  }
  const wanted = /^\/invite\s+@?(\S*)$/i.exec(text)?.[1]?.toLocaleLowerCase();
  if (wanted === undefined) return [];
  return colleagues
    .filter(({ name, username }) => beginsIn(`${username} ${name}`, wanted))
    .map((candidate) => ({
      kind: 'colleague',
      text: `${INVITE} @${candidate.username} `,
      candidate,
    }));
}

/** Whether one of some words begins so. */
export const beginsIn = (words: string, wanted: string): boolean =>
  words
    .toLocaleLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(wanted));
