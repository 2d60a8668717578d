// Which panel is in sight: beside a wide thread by choice, over a narrow one when called.

import { keepCookie } from '#web/lib/ui/keep-cookie.ts';
import { isPanelId, type PanelId } from './panels.ts';

export const PANEL_COOKIE = 'parley-panel';
const CLOSED = 'closed';

export class SidePanel {
  #beside = $state.raw<PanelId | null>(null);
  #over = $state.raw<PanelId | null>(null);
  #isEditing = $state.raw(false);
  #isKept = true;

  /** @param kept as the cookie remembers it, so that the server renders the same */
  constructor(kept: string | undefined) {
    if (kept !== CLOSED) this.#beside = kept !== undefined && isPanelId(kept) ? kept : 'details';
  }

  /** The one that stands beside the thread where there is room. */
  get beside(): PanelId | null {
    return this.#beside;
  }
  /** The one that lies over the thread where there is no room beside it. */
  get over(): PanelId | null {
    return this.#over;
  }

  /** Whether it stands as the page began with it: nobody has called it. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Whether what is in the panel is being edited. */
  get isEditing(): boolean {
    return this.#isEditing;
  }

  show(id: PanelId): void {
    this.#turnTo(id);
  }

  /** Brings it into sight, to be edited. */
  edit(id: PanelId): void {
    this.#turnTo(id);
    this.#isEditing = true;
  }

  stopEditing(): void {
    this.#isEditing = false;
  }

  toggle(id: PanelId): void {
    this.#turnTo(this.#inSight === id ? null : id);
  }

  close(): void {
    this.#turnTo(null);
  }

  /** What lies over the thread makes way for it. */
  uncover(): void {
    this.#over = null;
  }

  get #inSight(): PanelId | null {
    return isWide() ? this.#beside : this.#over;
  }

  #turnTo(id: PanelId | null): void {
    this.#isKept = false;
    if (this.#inSight !== id) this.#isEditing = false;
    if (!isWide()) {
      this.#over = id;
      return;
    }
    // What lay over a thread that was narrow would hide it.
    this.#over = null;
    this.#beside = id;
    keepCookie(PANEL_COOKIE, id ?? CLOSED);
  }
}

/** Whether there is room beside the thread. */
const isWide = (): boolean => matchMedia('(min-width: 1200px)').matches;
