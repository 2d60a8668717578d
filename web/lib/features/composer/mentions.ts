// Colleagues in the text of a note: `@` and a username, as in `/invite @username`.

import type { Colleagues } from '#shared/api.ts';
import type { AgentId } from '#shared/ids.ts';
import { shortened } from '#shared/text.ts';

type Agent = Colleagues['agents'][number];

/** What no name has before its @: it would be an address. */
const APART = String.raw`(?<![\p{L}\p{N}._@-])`;
const MENTION = new RegExp(`${APART}@([a-z0-9._-]{2,30})`, 'giu');
/** Without what may be the full stop of a sentence. */
const SHOWN = new RegExp(`${APART}(@[a-z0-9._-]{1,29}[a-z0-9_])`, 'iu');
const BEGUN = new RegExp(`${APART}@([a-z0-9._-]*)$`, 'iu');

/** A part of a note's text, and whether it names somebody. */
export interface NotePiece {
  readonly text: string;
  readonly isMention: boolean;
}

/** Whether the text may name somebody. */
export const hasMention = (text: string): boolean => text.search(MENTION) !== -1;

/** The text in its parts, in order. */
export const piecesOf = (text: string): NotePiece[] =>
  text
    .split(SHOWN)
    .map((piece, place) => ({ text: piece, isMention: place % 2 === 1 }))
    .filter((piece) => piece.text !== '');

/** Whom the text mentions, each once. A name may be followed by a full stop, which names may have, too. */
export function mentionsIn(text: string, agents: readonly Agent[]): AgentId[] {
  const byName = new Map(agents.map(({ username, agentId }) => [username, agentId]));
  const named = [...text.matchAll(MENTION)].flatMap(([, name = '']) => {
    const written = name.toLowerCase();
    const found = byName.get(written) ?? byName.get(written.replace(/[._-]+$/, ''));
    return found ?? [];
  });
  return [...new Set(named)];
}

/** The name that is being written before the cursor; null: none is. */
export function mentionBefore(text: string, cursor: number): { from: number; name: string } | null {
  const found = BEGUN.exec(shortened(text, cursor));
  return found ? { from: found.index, name: (found[1] ?? '').toLowerCase() } : null;
}
