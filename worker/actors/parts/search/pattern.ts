// A regular expression that an agent typed. It runs in an engine whose time grows only with the length of the pattern
// and of the text, whatever they are.

import type { RE2JS } from 're2js';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { shortened } from '#shared/text.ts';
import type { Mark } from '#shared/search/wanted.ts';

export interface Pattern {
  /** Where it matches; null: nowhere. */
  readonly find: (text: string) => Mark[] | null;
  /** Steps that one character of a text takes at most. */
  readonly steps: number;
}

/** A pattern of 200 characters can stand for one of many thousands. */
const MOST_STEPS = 1_200;
/** What it takes to look at a character at all, in steps. */
const STEPS_FOR_LOOKING = 40;
/** Of the part that is wrong, in characters. */
const MOST_SHOWN = 20;
/** As many places as are marked in one message. */
const MOST_MARKS = 50;

/** @param flags of i, m and s */
export async function readPattern(source: string, flags: string): Promise<Outcome<Pattern>> {
  // Few searches need it, and it is large.
  const engine = await import('re2js');
  const known = {
    i: engine.RE2JS.CASE_INSENSITIVE,
    m: engine.RE2JS.MULTILINE,
    s: engine.RE2JS.DOTALL,
  };
  const bits = Object.entries(known).map(([flag, bit]) => (flags.includes(flag) ? bit : 0));
  try {
    const compiled = engine.RE2JS.compile(
      source,
      bits.reduce((all, bit) => all | bit, 0),
    );
    const steps = compiled.programSize();
    if (steps > MOST_STEPS) return refuse('search.pattern-too-large');
    return accept({
      steps: STEPS_FOR_LOOKING + steps,
      find: (text) => matchesIn(compiled, text),
    });
  } catch (error) {
    if (!(error instanceof engine.RE2JSSyntaxException)) throw error;
    const part = wrongPart(source, error.getPattern());
    return part ? refuse('search.pattern-wrong', part) : refuse('search.pattern-too-large');
  }
}

function matchesIn(pattern: RE2JS, text: string): Mark[] | null {
  const matcher = pattern.matcher(text);
  const marks: Mark[] = [];
  let isFound = false;
  while (marks.length < MOST_MARKS && matcher.find()) {
    isFound = true;
    // What matches nothing is found, and there is nothing to mark.
    if (matcher.end() > matcher.start()) marks.push([matcher.start(), matcher.end()]);
  }
  return isFound ? marks : null;
}

/**
 * Where a pattern stops making sense, from 1; null: it is only too large.
 * @param named by the engine, which names the whole pattern for a bracket, and nothing for a backslash at the end
 */
function wrongPart(source: string, named: string | null): { at: number; part: string } | null {
  if (named === null && !source.endsWith('\\')) return null;
  const from = named === null ? source.length - 1 : source.indexOf(named);
  const at = named === source ? (strayBracket(source) ?? 0) : Math.max(0, from);
  // eslint-disable-next-line text/whole-characters -- it begins with a bracket
  const part = named === source ? source.slice(at) : (named ?? '\\');
  return { at: at + 1, part: shortened(part, MOST_SHOWN) };
}

/** The bracket that closes nothing, or is not closed. */
function strayBracket(source: string): number | null {
  const open: number[] = [];
  // What is escaped, or in a class, is no bracket of its own.
  for (const { 0: sign, index } of source.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]/gs)) {
    if (sign === '(') open.push(index);
    else if (sign === ')' && open.pop() === undefined) return index;
  }
  return open.at(-1) ?? null;
}
