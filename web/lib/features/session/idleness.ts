// Whether the agent is at their workspace: the last key or touch in any of its tabs.

const STORED = 'parley-active-at';
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;
/** As often a tab says that somebody is there. */
const SAID_EVERY_MS = 10_000;
const LOOKS_EVERY_MS = 15_000;

interface Parts {
  readonly page: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Called once, until somebody is there again. */
  readonly onIdle: () => void;
}

/** Watches until the function that it answers with is called. */
export function watchIdleness(afterMs: number, { page, storage, onIdle }: Parts): () => void {
  let saidAt = -Infinity;
  let isIdle = false;
  const note = () => {
    isIdle = false;
    if (Date.now() - saidAt < SAID_EVERY_MS) return;
    saidAt = Date.now();
    storage.setItem(STORED, String(saidAt));
  };
  const look = () => {
    const activeAt = Math.max(saidAt, Number(storage.getItem(STORED) ?? 0));
    if (Date.now() - activeAt < afterMs) isIdle = false;
    else if (!isIdle) {
      isIdle = true;
      onIdle();
    }
  };
  note();
  for (const sign of SIGNS) page.addEventListener(sign, note, { passive: true, capture: true });
  const timer = setInterval(look, LOOKS_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS) page.removeEventListener(sign, note, { capture: true });
  };
}
