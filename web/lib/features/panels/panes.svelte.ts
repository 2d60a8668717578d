// How wide the sidebar and the panel beside a conversation are, in this browser.

import { createContext } from 'svelte';
import { keepCookie } from '#web/lib/ui/keep-cookie.ts';

export const PANES_COOKIE = 'parley-panes';

const PANES = ['sidebar', 'panel'] as const;
export type PaneId = (typeof PANES)[number];

const LIMITS = {
  sidebar: { initial: 320, min: 240, max: 440 },
  panel: { initial: 320, min: 260, max: 560 },
} as const satisfies Record<PaneId, { initial: number; min: number; max: number }>;
/** What is left beside the sidebar in any case, and beside the panel for the thread: as the styles have it, too. */
export const VIEW_LEAST = 448;
export const THREAD_LEAST = 480;

type Widths = Readonly<Record<PaneId, number>>;

export class Panes {
  #widths = $state.raw<Widths>({ sidebar: 0, panel: 0 });
  /** Of the window; before that is known there is room. */
  #room = $state.raw(Infinity);

  /** @param kept as the cookie remembers it, so that the server renders the same */
  constructor(kept = '') {
    const [sidebar, panel] = kept.split('.').map((width) => Number.parseInt(width, 10));
    this.#widths = { sidebar: known('sidebar', sidebar), panel: known('panel', panel) };
  }

  /** For the styles, which see to it that there is room. */
  get style(): string {
    return `--sidebar: ${this.#widths.sidebar}px; --panel: ${this.#widths.panel}px`;
  }

  fit(room: number): void {
    this.#room = room;
  }

  /** As it is shown. */
  of(pane: PaneId): { value: number; min: number; max: number } {
    const { min } = LIMITS[pane];
    const max = Math.max(min, Math.min(LIMITS[pane].max, this.#roomFor(pane)));
    return { value: Math.min(this.#widths[pane], max), min, max };
  }

  resize(pane: PaneId, width: number): void {
    this.#widths = { ...this.#widths, [pane]: known(pane, width) };
  }

  reset(pane: PaneId): void {
    this.resize(pane, LIMITS[pane].initial);
    this.keep();
  }

  /** Only in a browser. */
  keep(): void {
    keepCookie(PANES_COOKIE, PANES.map((pane) => this.#widths[pane]).join('.'));
  }

  #roomFor(pane: PaneId): number {
    if (pane === 'sidebar') return this.#room - VIEW_LEAST;
    return this.#room - this.of('sidebar').value - THREAD_LEAST;
  }
}

function known(pane: PaneId, width: number | undefined): number {
  const { initial, min, max } = LIMITS[pane];
  if (width === undefined || !Number.isInteger(width)) return initial;
  return Math.min(Math.max(width, min), max);
}

export const [getPanes, setPanes] = createContext<Panes>();
