// CSV, as spreadsheets write and read it.

export interface CsvRow {
  /** Where it begins in the file: 1 is the first. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether a quotation mark was opened and never closed, so that the rest of the file is in the last cell. */
  readonly isUnclosed: boolean;
}

/** A spreadsheet takes what begins like this for a formula. */
const FORMULA = /^'*[=+\-@\t\r]/;
/** It would be one, and computes nothing: a phone number, a negative number. */
const NUMBER = /^[+-]\d+$/;
const UNTIL_QUOTE = /[^"]*/y;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** Tells a spreadsheet that the file is in UTF-8. */
export const CSV_START = '\ufeff';

/** A line of a file, its end included. No cell of it runs as a formula. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(defused(cell))).join(',')}\r\n`;

const quoted = (cell: string): string =>
  NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const defused = (cell: string): string =>
  FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

const undefused = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.replace("'", '') : cell;

/** The rows that are not blank, one at a time: a long file is read as fast as it is used. */
export function* csvRows(file: string): Generator<CsvRow, undefined> {
  const text = file.replace(CSV_START, '').replace(/\r\n?/g, '\n');
  const reader = new CsvReader(text, separatorOf(text));
  while (!reader.isAtEnd) {
    const row = reader.row();
    if (row.cells.some((cell) => cell.trim() !== '')) yield row;
  }
}

/** What most of the header's cells end with: spreadsheets of some countries write semicolons. */
function separatorOf(text: string): string {
  const [header = ''] = text.trimStart().split('\n', 1);
  const count = (separator: string) => header.split(separator).length;
  return [';', '\t'].reduce((most, one) => (count(one) > count(most) ? one : most), ',');
}

class CsvReader {
  readonly #text: string;
  readonly #separator: string;
  /** What is left of a cell that is in no quotation marks. */
  readonly #rest: RegExp;
  #at = 0;
  #line = 1;
  #isUnclosed = false;

  constructor(text: string, separator: string) {
    this.#text = text;
    this.#separator = separator;
    this.#rest = new RegExp(`[^${separator}\n]*`, 'y');
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  row(): CsvRow {
    const line = this.#line;
    const cells = [this.#cell()];
    while (this.#text[this.#at] === this.#separator) {
      this.#at += 1;
      cells.push(this.#cell());
    }
    this.#at += 1; // The end of the line.
    this.#line += 1;
    return { line, cells: cells.map(undefused), isUnclosed: this.#isUnclosed };
  }

  #cell(): string {
    if (this.#text[this.#at] !== '"') return this.#take(this.#rest);
    this.#at += 1;
    let cell = this.#untilQuote();
    while (this.#isQuoteAgain()) cell += `"${this.#untilQuote()}`;
    return cell + this.#take(this.#rest);
  }

  #untilQuote(): string {
    const part = this.#take(UNTIL_QUOTE);
    this.#isUnclosed = this.isAtEnd;
    this.#at += 1;
    this.#line += part.split('\n').length - 1;
    return part;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [part = ''] = pattern.exec(this.#text) ?? [];
    this.#at += part.length;
    return part;
  }

  /** Two in a row stand for one in the text. */
  #isQuoteAgain(): boolean {
    const isAgain = this.#text[this.#at] === '"' && !this.#isUnclosed;
    if (isAgain) this.#at += 1;
    return isAgain;
  }
}
