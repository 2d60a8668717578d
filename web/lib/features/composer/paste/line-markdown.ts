// A line of pasted text in Markdown: marks stand only where they are read as such.

import { isInWord } from '#shared/formatting/inline.ts';
import { linkTo, linkify } from '#shared/formatting/linkify.ts';
import type { Look } from './html-node.ts';

export interface Run {
  readonly text: string;
  readonly look: Look;
}

const SIGNS = [
  ['strike', '~~'],
  ['bold', '**'],
  ['italic', '_'],
] as const;

/** As the formatter takes them. */
const SAID_CHARACTERS = 200;
const CODE_CHARACTERS = 2_000;
const ADDRESS_CHARACTERS = 2_000;

export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

/**
 * @param at the sign that is to be written next: the outer ones come first
 * @param before the character before the line, and `after` the one behind it
 */
export function markdownOfLine(runs: readonly Run[], at = 0, before = '', after = ''): string {
  const sign = SIGNS[at];
  if (!sign) return runs.map(leafOf).join('');
  const [look, mark] = sign;
  const groups = groupsOf(runs, look);
  const written: string[] = [];
  let previous = before;
  for (const [place, group] of groups.entries()) {
    const next = groups[place + 1]?.runs[0]?.text.at(0) ?? after;
    const text = markedGroup(group, mark, at, [previous, next]);
    written.push(text);
    previous = text.at(-1) ?? previous;
  }
  return written.join('');
}

function markedGroup(
  { isOn, runs }: Group,
  mark: string,
  at: number,
  [previous, next]: readonly [string, string],
): string {
  const [blank, said, rest] = apart(runs);
  const isApart = !isInWord(blank.at(-1) ?? previous) && !isInWord(rest.at(0) ?? next);
  if (!isOn || said.length === 0 || !isApart) return markdownOfLine(runs, at + 1, previous, next);
  return `${blank}${mark}${markdownOfLine(said, at + 1, mark, mark)}${mark}${rest}`;
}

interface Group {
  readonly isOn: boolean;
  readonly runs: Run[];
}

/** Those that look alike in that respect, one after the other. */
function groupsOf(runs: readonly Run[], look: 'bold' | 'italic' | 'strike'): Group[] {
  const groups: Group[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last?.isOn === run.look[look]) last.runs.push(run);
    else groups.push({ isOn: run.look[look], runs: [run] });
  }
  return groups;
}

/** Without the blanks at both ends, beside which no mark can stand. */
function apart(runs: readonly Run[]): [before: string, said: Run[], after: string] {
  const text = textOf(runs);
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  let at = 0;
  const said = runs.map((run) => {
    const [from, to] = [Math.max(0, start - at), Math.max(0, end - at)];
    at += run.text.length;
    return { ...run, text: run.text.slice(from, to) };
  });
  return [text.slice(0, start), said.filter((run) => run.text !== ''), text.slice(end)];
}

function leafOf({ text, look }: Run): string {
  if (look.code) return codeOf(text);
  return look.href === null ? text : linkOf(text, look.href);
}

function codeOf(text: string): string {
  const said = text.trim();
  if (said === '' || said.length > CODE_CHARACTERS || /[`\n]/.test(said)) return text;
  return text.replace(said, () => `\`${said}\``);
}

/** The text alone where nothing may be followed, or where the text is the address. */
function linkOf(text: string, href: string): string {
  const said = text.trim();
  const target = targetOf(said, href);
  if (target === null || target.leadsTo === linkify(said)[0]?.href) return text;
  if (said.length > SAID_CHARACTERS || /[[\]\n]/.test(said)) return text;
  return text.replace(said, () => `[${said}](${target.address})`);
}

/** Where the runs may lead: to what they name, and to what was behind them. */
export function leadsOf(runs: readonly Run[]): string[] {
  const named = linkify(textOf(runs)).map(({ href }) => href);
  const behind = runs.map(({ text, look: { href } }) => href && targetOf(text, href)?.leadsTo);
  return [...named, ...behind].filter((href) => typeof href === 'string');
}

function targetOf(said: string, href: string): { address: string; leadsTo: string } | null {
  const address = addressOf(href);
  const target = said.trim() === '' || address === null ? null : linkTo(address, said);
  return target && { address: address ?? '', leadsTo: target.href };
}

/** As it can stand in round brackets. */
function addressOf(href: string): string | null {
  if (href.length > ADDRESS_CHARACTERS || !/^(?:https?:\/\/|mailto:)/i.test(href)) return null;
  const address = href
    .trim()
    .replaceAll(/[\s()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return address.length > ADDRESS_CHARACTERS ? null : address;
}
