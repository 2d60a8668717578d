// What the sidebar shows of the agent's lists: sections that fold, and the beginning of a long queue. What an agent
// serves comes first, so that no queue hides it.

import type { ConversationId } from '#shared/ids.ts';
import type { Waiting, WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { keepCookie } from '#web/lib/ui/keep-cookie.ts';

const SECTIONS = ['progress', 'queued', 'held', 'direct', 'colleagues', 'closed'] as const;
export type SectionId = (typeof SECTIONS)[number];

export const FOLDED_COOKIE = 'parley-folded';
const QUEUE_SHOWN = 8;

type Lists = Pick<WorkspaceStore, 'queue' | 'inProgress' | 'onHold' | 'closed' | 'opened'>;

export class SidebarSections {
  readonly #lists: Lists;
  #folded = $state.raw<readonly SectionId[]>([]);
  #showsWholeQueue = $state.raw(false);

  /** The beginning of the queue, and in any case the conversation that is open. */
  readonly queue: readonly Waiting[] = $derived.by(() => {
    const { queue, opened } = this.#lists;
    if (this.#showsWholeQueue) return queue;
    return queue.filter(
      ({ conversationId }, place) => place < QUEUE_SHOWN || conversationId === opened?.id,
    );
  });

  /** What is shown, from top to bottom. */
  readonly ids: readonly ConversationId[] = $derived.by(() => {
    const { inProgress, onHold, closed } = this.#lists;
    const ids = {
      progress: inProgress.map(({ id }) => id),
      queued: this.queue.map(({ conversationId }) => conversationId),
      held: onHold.map(({ id }) => id),
      // Next and previous go through conversations.
      direct: [],
      // They are somebody else's.
      colleagues: [],
      closed: closed.map(({ conversationId }) => conversationId),
    };
    return SECTIONS.flatMap((section) => (this.isFolded(section) ? [] : ids[section]));
  });

  /** @param folded as the cookie remembers it, so that the server renders the same */
  constructor(lists: Lists, folded = '') {
    this.#lists = lists;
    const remembered = folded.split('.');
    this.#folded = SECTIONS.filter((section) => remembered.includes(section));
  }

  isFolded(section: SectionId): boolean {
    return this.#folded.includes(section);
  }

  toggle(section: SectionId): void {
    this.#folded = SECTIONS.filter((one) => this.isFolded(one) !== (one === section));
    keepCookie(FOLDED_COOKIE, this.#folded.join('.'));
  }

  /** How many of the queue are not shown; 0 when all are. */
  get more(): number {
    return this.#lists.queue.length - this.queue.length;
  }
  get canShowLess(): boolean {
    return this.#showsWholeQueue && this.#lists.queue.length > QUEUE_SHOWN;
  }

  showWholeQueue(whole: boolean): void {
    this.#showsWholeQueue = whole;
  }
}
