// What an agent types into the search of a conversation: words or a /pattern/, and filters such as `from:me`.

import { KINDS } from '#shared/search/narrowing.ts';
import { wantedIn } from '#shared/search/wanted.ts';
import type { Parameters } from './ask.ts';

/** What can't be understood, and the part of what was typed that it is about. */
export interface Mistake {
  readonly about: 'day' | 'kind' | 'flag';
  readonly part: string;
}

export type TypedQuery =
  | {
      readonly ok: true;
      /** Null: too little to look for. */ readonly parameters: Parameters | null;
    }
  | { readonly ok: false; readonly mistake: Mistake };

export interface Situation {
  /** Who `me` is. */
  readonly me: string;
  /** When a day begins, such as `2026-11-28`, and when the next one does. */
  readonly spanOf: (day: string) => { readonly from: number; readonly to: number };
}

const FILTER = /(?<=^|\s)(from|before|after|on|has):("[^"]*"|\S*)/g;
const PATTERN = /^\/(.+)\/([a-z]*)$/s;
const FLAGS = /^[ims]*$/;

export function readTyped(typed: string, situation: Situation): TypedQuery {
  const narrowed: Record<string, string> = {};
  for (const [, name = '', quoted = ''] of typed.matchAll(FILTER)) {
    const value = quoted.replaceAll('"', '');
    const parameters = narrowing(name, value, situation);
    if (!parameters) return wrong(name === 'has' ? 'kind' : 'day', value);
    Object.assign(narrowed, parameters);
  }
  const rest = typed.replaceAll(FILTER, ' ').trim();
  const [, pattern, flags = ''] = PATTERN.exec(rest) ?? [];
  if (pattern !== undefined) {
    if (!FLAGS.test(flags)) return wrong('flag', flags.replaceAll(/[ims]/g, ''));
    return { ok: true, parameters: { ...narrowed, pattern, flags: [...new Set(flags)].join('') } };
  }
  const isEnough = rest === '' ? Object.keys(narrowed).length > 0 : wantedIn(rest).length > 0;
  return { ok: true, parameters: isEnough ? { ...narrowed, text: rest } : null };
}

const wrong = (about: Mistake['about'], part: string): TypedQuery => ({
  ok: false,
  mistake: { about, part },
});

/** Null for a value that means nothing there. */
function narrowing(name: string, value: string, { me, spanOf }: Situation): Parameters | null {
  if (name === 'from') return { from: value === 'me' ? me : value };
  if (name === 'has') return KINDS.some((kind) => kind === value) ? { has: value } : null;
  const day = dayOf(value);
  if (day === null) return null;
  const { from, to } = spanOf(day);
  const [since, until] = [String(to), String(from)];
  if (name === 'after') return { since };
  if (name === 'before') return { until };
  return { since: until, until: since };
}

/** As 2026-11-28; null for what is no day. */
function dayOf(value: string): string | null {
  const written = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[.-](\d{1,2})[.-](\d{4}))$/.exec(value);
  if (!written) return null;
  const [, y1, m1, d1, d2, m2, y2] = written;
  const pad = (part = '') => part.padStart(2, '0');
  const day = `${y1 ?? y2}-${pad(m1 ?? m2)}-${pad(d1 ?? d2)}`;
  const at = Date.parse(`${day}T00:00:00Z`);
  // The 31st of a short month would be a day of the next.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : day;
}
