// The placeholders of a canned response. One that can't be filled stays in the text: a gap for the agent.

export const PLACEHOLDERS = [
  'contact.name',
  'contact.email',
  'contact.phone',
  'agent.name',
  'department.name',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Null, or left out: it is not known. */
export type PlaceholderValues = Readonly<Partial<Record<Placeholder, string | null>>>;

const ANY = /\{\{\s*([a-z.]+)\s*\}\}/gi;

export const placeholderText = (placeholder: Placeholder): string => `{{${placeholder}}}`;

const known = (name: string): Placeholder | undefined =>
  PLACEHOLDERS.find((placeholder) => placeholder === name.toLowerCase());

/** What looks like a placeholder and is none stays as it is. */
export const filled = (text: string, values: PlaceholderValues): string =>
  text.replace(ANY, (whole, name: string) => {
    const placeholder = known(name);
    if (placeholder === undefined) return whole;
    return values[placeholder]?.trim() || placeholderText(placeholder);
  });

export interface Gap {
  readonly placeholder: Placeholder;
  /** Where it is in the text; `to` is beyond it. */
  readonly from: number;
  readonly to: number;
}

/** What is still to be filled in, in the order of the text. */
export const gapsIn = (text: string): Gap[] =>
  [...text.matchAll(ANY)].flatMap(({ 0: whole, 1: name = '', index }) => {
    const placeholder = known(name);
    return placeholder === undefined
      ? []
      : [{ placeholder, from: index, to: index + whole.length }];
  });

/** A text in pieces, for who shows its gaps in a way of their own. */
export function piecesOf(text: string): { text: string; isGap: boolean }[] {
  const gaps = new Set(gapsIn(text).map(({ from }) => from));
  let at = 0;
  return text
    .split(/(\{\{\s*[a-z.]+\s*\}\})/i)
    .map((piece) => {
      const isGap = gaps.has(at);
      at += piece.length;
      return { text: piece, isGap };
    })
    .filter((piece) => piece.text !== '');
}
