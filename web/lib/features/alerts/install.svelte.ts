// Parley as an app with a window of its own, where the browser offers that. It is told once; afterwards the way to it is
// among the notification settings.

import { createContext } from 'svelte';

const TOLD = 'parley-install-told';

/** What browsers that can install send; no standard names it yet. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}
const isInstallEvent = (event: Event): event is InstallEvent => 'prompt' in event;

export class Install {
  #event = $state.raw<InstallEvent | null>(null);

  get isOffered(): boolean {
    return this.#event !== null;
  }

  /** Only in a browser. Answers with a function that stops it. @param tell called once on a device */
  listen(tell: () => void): () => void {
    const offered = (event: Event) => {
      if (!isInstallEvent(event)) return;
      event.preventDefault(); // The browser would ask by itself, and again.
      this.#event = event;
      if (isFirst()) tell();
    };
    const done = () => (this.#event = null);
    window.addEventListener('beforeinstallprompt', offered);
    window.addEventListener('appinstalled', done);
    return () => {
      window.removeEventListener('beforeinstallprompt', offered);
      window.removeEventListener('appinstalled', done);
    };
  }

  async ask(): Promise<void> {
    const event = this.#event;
    this.#event = null; // It can be asked once.
    await event?.prompt();
  }
}

function isFirst(): boolean {
  try {
    if (localStorage.getItem(TOLD) !== null) return false;
    localStorage.setItem(TOLD, 'yes');
    return true;
  } catch {
    return false; // Without storage it would be told again and again.
  }
}

export const [getInstall, setInstall] = createContext<Install>();
