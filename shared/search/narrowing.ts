// What a search in a conversation is narrowed by: who said it, and what is in it.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { Author } from '#shared/identity.ts';
import { saidIn } from './said.ts';
import { folded } from './words.ts';

export const KINDS = ['file', 'image', 'link'] as const;
export type Kind = (typeof KINDS)[number];

/** What stands for the visitor whatever their name is. */
export const THE_VISITOR = 'visitor';

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"“”«»]/i;

export function hasKind(event: ConversationEvent, kind: Kind): boolean {
  if (kind === 'link') return LINK.test(saidIn(event)?.text ?? '');
  if (event.type !== 'message.sent') return false;
  const { files } = event.body;
  return files.some(({ mediaType }) => kind === 'file' || mediaType.startsWith('image/'));
}

/** @param from {@link THE_VISITOR}, an agent's id, or the beginning of a word of their name */
export function isBy(author: Author, from: string, visitorName: string): boolean {
  if (author.kind === 'visitor') return from === THE_VISITOR || isNamed(visitorName, from);
  if (author.kind === 'system') return false;
  return (author.kind === 'agent' && author.id === from) || isNamed(author.name, from);
}

const isNamed = (name: string, from: string): boolean =>
  ` ${folded(name)}`.includes(` ${folded(from)}`);
