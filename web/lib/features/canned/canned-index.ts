// Finds canned responses by what is typed: by their shortcuts, letter by letter, and by the words of their texts.

import type { CannedResponse } from '#shared/canned-responses/canned-response.ts';
import type { DepartmentId } from '#shared/ids.ts';

interface Entry {
  readonly response: CannedResponse;
  /** As it is searched, its parts set apart by blanks. */
  readonly shortcut: string;
  /** Its words, with a blank before each. */
  readonly words: string;
}

export class CannedIndex {
  readonly #entries: readonly Entry[];

  constructor(responses: readonly CannedResponse[]) {
    this.#entries = responses.map((response) => ({
      response,
      shortcut: folded(response.shortcut),
      words: ` ${folded(response.text)}`,
    }));
  }

  /**
   * Those that match, the best first.
   * @param near the department whose responses come before those of others
   */
  search(typed: string, near: DepartmentId | null): CannedResponse[] {
    const wanted = folded(typed);
    return this.#entries
      .map((entry) => ({ ...entry, score: scoreOf(entry, wanted) }))
      .filter(({ score }) => score > 0)
      .sort(
        (a, b) =>
          b.score - a.score ||
          distance(a.response, near) - distance(b.response, near) ||
          a.shortcut.localeCompare(b.shortcut),
      )
      .map(({ response }) => response);
  }
}

/** In small letters and without accents, and with one blank between words: nobody looks for the rest. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function scoreOf({ shortcut, words }: Entry, wanted: string): number {
  if (wanted === '') return 1;
  if (shortcut === wanted) return 9;
  if (shortcut.startsWith(wanted)) return 8;
  if (shortcut.includes(` ${wanted}`)) return 7;
  if (shortcut.includes(wanted)) return 6;
  if (words.includes(` ${wanted}`)) return 5;
  const parts = wanted.split(' ');
  if (parts.every((part) => ` ${shortcut}${words}`.includes(` ${part}`))) return 4;
  if (hasLettersOf(shortcut, wanted)) return 3;
  // Not every script sets its words apart.
  return wanted.length > 1 && words.includes(wanted) ? 2 : 0;
}

/** Whether the letters are all there, in their order: `ordnr` for `order number`. */
function hasLettersOf(shortcut: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = shortcut.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return wanted.length > 1;
}

/** One's own first, then those of the department at hand, those for everyone, and those of other departments. */
function distance({ scope }: CannedResponse, near: DepartmentId | null): number {
  if (scope.kind === 'private') return 0;
  if (scope.kind === 'public') return 2;
  return scope.departmentId === near ? 1 : 3;
}
