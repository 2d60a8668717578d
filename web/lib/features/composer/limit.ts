// How much of a message's greatest length is left, once it matters.

const TOLD_FROM = 0.8;

/** Null while there is plenty; negative when it is too long. Counts as the server does. */
export function charactersLeft(text: string, limit: number): number | null {
  return text.length >= limit * TOLD_FROM ? limit - text.length : null;
}
