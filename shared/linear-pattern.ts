// A small language of patterns whose time grows with the length of the text alone, so that no pattern of an admin and
// no text of a stranger can hold anybody up. It is a part of JavaScript's: characters, `.`, classes such as [a-z],
// \d \w \s, groups, `|`, and the quantifiers ? * + {2} {2,} {2,6}. A pattern matches a whole text.

type Test = (character: string) => boolean;

/** Where a match can be: before a character that is to pass a test, at a fork, or at the end. */
type State = { test: Test; next: State } | { fork: State[] } | 'end';

/** A part of a pattern: makes its states, given those that follow. */
type Part = (next: State) => State;

const MOST_REPEATS = 100;
/** States that a pattern may have, each looked at once for every character. */
const MOST_STATES = 2_000;

class NotAPattern extends Error {}

/** Null: not a pattern of this language. */
export function compilePattern(pattern: string): ((text: string) => boolean) | null {
  try {
    const start = new Parser(pattern).parse()('end');
    return (text) => matches(start, text);
  } catch (error) {
    if (error instanceof NotAPattern) return null;
    throw error;
  }
}

function matches(start: State, text: string): boolean {
  let states = reachable([start]);
  for (const character of text) {
    states = reachable(
      [...states].flatMap((state) =>
        state !== 'end' && 'test' in state && state.test(character) ? [state.next] : [],
      ),
    );
  }
  return states.has('end');
}

/** The states themselves, and all that are reached from them without reading a character. */
function reachable(from: readonly State[]): Set<State> {
  const found = new Set<State>();
  const open = [...from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (found.has(state)) continue;
    found.add(state);
    if (state !== 'end' && 'fork' in state) open.push(...state.fork);
  }
  return found;
}

const CLASSES: Readonly<Record<string, Test>> = {
  d: (character) => /^\d$/.test(character),
  w: (character) => /^\w$/.test(character),
  s: (character) => /^\s$/.test(character),
};
const anything: Test = (character) => !/^[\n\r\u2028\u2029]$/.test(character);
const not =
  (test: Test): Test =>
  (character) =>
    !test(character);

class Parser {
  readonly #characters: readonly string[];
  #at = 0;
  #states = 0;

  constructor(pattern: string) {
    // It matches a whole text anyway, and many write so.
    this.#characters = [...pattern.replace(/^\^/, '').replace(/(?<!\\)((?:\\\\)*)\$$/, '$1')];
  }

  parse(): Part {
    const part = this.#alternatives();
    if (this.#at < this.#characters.length) throw new NotAPattern();
    return part;
  }

  #alternatives(): Part {
    const options = [this.#sequence()];
    while (this.#skip('|')) options.push(this.#sequence());
    return options.length === 1 && options[0]
      ? options[0]
      : (next) => ({ fork: options.map((option) => option(next)) });
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#characters.length && !'|)'.includes(this.#next)) {
      parts.push(this.#quantified(this.#atom()));
    }
    return (next) => parts.reduceRight((after, part) => part(after), next);
  }

  #atom(): Part {
    if (!this.#skip('(')) return this.#single(this.#test());
    if (this.#skip('?') && !this.#skip(':')) throw new NotAPattern();
    const inside = this.#alternatives();
    this.#require(')');
    return inside;
  }

  #single(test: Test): Part {
    return (next) => {
      this.#states += 1;
      if (this.#states > MOST_STATES) throw new NotAPattern();
      return { test, next };
    };
  }

  #test(): Test {
    const character = this.#take();
    if (character === '.') return anything;
    if (character === '[') return this.#class();
    if (character === '\\') return this.#escaped();
    if ('*+?{}^$])'.includes(character)) throw new NotAPattern();
    return (other) => other === character;
  }

  /** After the backslash: a class of characters, or one that would otherwise mean something. */
  #escaped(): Test {
    const character = this.#take();
    const named = CLASSES[character.toLowerCase()];
    if (named) return character === character.toLowerCase() ? named : not(named);
    if (/^[a-z\d]$/i.test(character)) throw new NotAPattern();
    return (other) => other === character;
  }

  /** After the `[`. */
  #class(): Test {
    const isInverted = this.#skip('^');
    const tests: Test[] = [];
    while (!this.#skip(']')) tests.push(this.#member());
    const inside: Test = (character) => tests.some((test) => test(character));
    return isInverted ? not(inside) : inside;
  }

  #member(): Test {
    const isEscaped = this.#skip('\\');
    if (isEscaped && Object.hasOwn(CLASSES, this.#next.toLowerCase())) return this.#escaped();
    const from = this.#bound(isEscaped);
    const isRange = this.#next === '-' && this.#characters[this.#at + 1] !== ']';
    if (!isRange) return (character) => character === from;
    this.#require('-');
    const to = this.#bound(this.#skip('\\'));
    const [first, last] = [codeOf(from), codeOf(to)];
    if (last < first) throw new NotAPattern();
    return (character) => codeOf(character) >= first && codeOf(character) <= last;
  }

  #bound(isEscaped: boolean): string {
    const character = this.#take();
    if (isEscaped ? /^[a-z\d]$/i.test(character) : character === '[') throw new NotAPattern();
    return character;
  }

  #quantified(part: Part): Part {
    if (this.#skip('*')) return repeated(part, 0, Infinity);
    if (this.#skip('+')) return repeated(part, 1, Infinity);
    if (this.#skip('?')) return repeated(part, 0, 1);
    if (!this.#skip('{')) return part;
    const least = this.#number();
    const most = !this.#skip(',') ? least : this.#next === '}' ? Infinity : this.#number();
    this.#require('}');
    if (most < least) throw new NotAPattern();
    return repeated(part, least, most);
  }

  #number(): number {
    let digits = '';
    while (/^\d$/.test(this.#next)) digits += this.#take();
    if (digits === '' || Number(digits) > MOST_REPEATS) throw new NotAPattern();
    return Number(digits);
  }

  /** Empty at the end. */
  get #next(): string {
    return this.#characters[this.#at] ?? '';
  }

  #take(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw new NotAPattern();
    this.#at += 1;
    return character;
  }

  #skip(character: string): boolean {
    if (this.#next !== character) return false;
    this.#at += 1;
    return true;
  }

  #require(character: string): void {
    if (!this.#skip(character)) throw new NotAPattern();
  }
}

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;

function repeated(part: Part, least: number, most: number): Part {
  return (next) => {
    let after = next;
    if (most === Infinity) {
      const loop: { fork: State[] } = { fork: [next] };
      loop.fork.unshift(part(loop));
      after = loop;
    } else {
      for (let extra = least; extra < most; extra += 1) after = { fork: [part(after), next] };
    }
    for (let needed = 0; needed < least; needed += 1) after = part(after);
    return after;
  };
}
