// The search in one log, of a conversation or a direct chat: read backwards. One call looks at so much of it that nobody else waits for
// the object, and says where the next one goes on.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import type {
  ConversationHit,
  ConversationSearchAnswer,
  ConversationSearchQuery,
} from '#shared/search/bodies.ts';
import { hasKind, isBy } from '#shared/search/narrowing.ts';
import { saidIn } from '#shared/search/said.ts';
import { shownOf } from '#shared/search/snippet.ts';
import { findAll, wantedIn, type Mark } from '#shared/search/wanted.ts';
import { readPattern } from './pattern.ts';

const HITS = 20;
const BATCH = 250;
/** What one call looks at, in steps of the pattern or of comparing words. */
const MOST_STEPS = 6_000_000;
/** What it takes to read an event, in characters. */
const EVENT_CHARACTERS = 100;
const STEPS_FOR_WORDS = 20;

/** A log in which people talk. */
interface Log {
  readonly seq: number;
  before(
    seq: number,
    limit: number,
    audience: 'agents',
  ): { events: readonly ConversationEvent[]; hasEarlier: boolean };
}

interface Looked {
  readonly find: (text: string) => Mark[] | null;
  /** For each character of a text. */
  readonly steps: number;
}

/**
 * The latest first. A page that is not full may have a next one all the same.
 * @param visitorName empty where there is no visitor
 */
export async function searchLog(
  log: Log,
  query: ConversationSearchQuery,
  visitorName: string,
): Promise<Outcome<ConversationSearchAnswer>> {
  const looked = await lookedFor(query);
  if (!looked.ok) return looked;
  const { find, steps } = looked.value;
  const hits: ConversationHit[] = [];
  let left = MOST_STEPS;
  for (const event of backwards(log, query.before)) {
    const said = saidIn(event);
    left -= steps * (EVENT_CHARACTERS + (said?.text.length ?? 0));
    if (said && isMeant(event, query, visitorName)) {
      const { text, ...about } = said;
      const marks = find(text);
      if (marks) hits.push({ ...about, ...shownOf(text, marks) });
    }
    if (hits.length === HITS || left <= 0) {
      return accept({ hits, next: event.seq > 1 ? event.seq : null });
    }
  }
  return accept({ hits, next: null });
}

/** Its events that end before `seq`, the latest first. */
function* backwards(log: Log, seq = log.seq + 1): Iterable<ConversationEvent> {
  let before = seq;
  for (let hasEarlier = true; hasEarlier;) {
    const page = log.before(before, BATCH, 'agents');
    yield* page.events.toReversed();
    before = page.events[0]?.seq ?? 1;
    ({ hasEarlier } = page);
  }
}

async function lookedFor(query: ConversationSearchQuery): Promise<Outcome<Looked>> {
  if (query.pattern !== undefined) return readPattern(query.pattern, query.flags);
  const wanted = wantedIn(query.text);
  const isTooLittle = wanted.length === 0 && query.text !== '';
  const find = (text: string) => (isTooLittle ? null : findAll(text, wanted));
  return accept({ find, steps: STEPS_FOR_WORDS });
}

function isMeant(
  event: ConversationEvent,
  { from, since = -Infinity, until = Infinity, has }: ConversationSearchQuery,
  visitorName: string,
): boolean {
  if (event.at < since || event.at >= until) return false;
  if (from !== undefined && !isBy(event.by, from, visitorName)) return false;
  return has === undefined || hasKind(event, has);
}
