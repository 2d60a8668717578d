// How well an option in a list is found by what is typed: by the beginnings of its words.

/** @returns 1 at best, 0 when it is not found. @param also other words for it, which count for less */
export function matchWords(words: string, typed: string, also: readonly string[] = []): number {
  const wanted = wordsOf(typed);
  const own = wordsOf(words);
  if (wanted.every((one, place) => own[place]?.startsWith(one))) return 1;
  if (areFoundIn(own, wanted)) return 0.8;
  return areFoundIn([...own, ...also.flatMap(wordsOf)], wanted) ? 0.4 : 0;
}

const areFoundIn = (words: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((one) => words.some((word) => word.startsWith(one)));

/** In small letters and without accents: nobody looks for those. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
