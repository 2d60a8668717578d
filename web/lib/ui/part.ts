// A part of the page that loads when it is needed.

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Never rejects: what a lost connection keeps away is asked for again, until it is there. */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      return await load();
    } catch {
      await new Promise((waited) => setTimeout(waited, pauseMs));
      renewStyles();
    }
  }
}

/** Styles that did not come with their part are not asked for again with it. */
function renewStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet === null) link.replaceWith(link.cloneNode());
  }
}
