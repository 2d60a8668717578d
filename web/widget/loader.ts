// All that a page loads before the visitor shows intent: the launcher. Reaching for it fetches the panel and
// its sentences.

import { chooseLocale } from '#messages/choose-locale.ts';
import type { Catalogue } from './catalogue.ts';
import type { MountPanel, PanelHandle } from './embed.ts';
import { drawLauncher } from './launcher.ts';
import { hasActiveConversation, STORAGE_KEY } from './active-conversation.ts';
import { wantedLocales } from './wanted-locales.ts';

/** The panel's address at the Worker, with its fingerprint. */
declare const __PANEL__: string;
/** Of each language: its sentences' address, the launcher's name, and what to say when the panel can't be had. */
declare const __LANGUAGES__: Record<string, [address: string, name: string, unavailable: string]>;

function start(script: HTMLScriptElement): void {
  const { origin } = new URL(script.src);
  const { department = null, agent = null, position } = script.dataset;
  // Filled by the build, which knows one language at least.
  const locales = Object.keys(__LANGUAGES__) as [string, ...string[]];
  const locale = chooseLocale(locales, wantedLocales());
  const [texts = '', name = '', unavailable = ''] = __LANGUAGES__[locale] ?? [];
  const { root, launcher, badge, notice } = drawLauncher(name, locale, position);
  let loading: Promise<PanelHandle> | null = null;
  let panel: PanelHandle | null = null;

  /**
   * Firefox remembers that a module could not be fetched, and another address would be another panel to its
   * chunks. So it is fetched into the browser's cache, from where a module can always be had.
   */
  async function fetchModule(path: string): Promise<unknown> {
    const response = await fetch(origin + path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.blob();
    return import(/* @vite-ignore */ origin + path);
  }

  async function mount(): Promise<PanelHandle> {
    // The build names both modules, so their shapes are known here.
    const [{ mountPanel }, { default: catalogue }] = (await Promise.all([
      fetchModule(__PANEL__),
      fetchModule(texts),
    ])) as [{ mountPanel: MountPanel }, { default: Catalogue }];
    const site = { origin, department, agent, locale, catalogue };
    return (panel = mountPanel({ ...site, root, launcher, badge }));
  }

  const load = (): Promise<PanelHandle> =>
    (loading ??= mount().catch((error: unknown) => {
      loading = null;
      throw error;
    }));

  async function open(): Promise<void> {
    launcher.ariaBusy = 'true';
    notice.textContent = '';
    try {
      (await load()).open();
    } catch {
      notice.textContent = unavailable;
    } finally {
      launcher.ariaBusy = 'false';
    }
  }

  const close = () => panel?.close();
  const preload = () => void load().catch(() => {});

  for (const intent of ['pointerenter', 'focus', 'pointerdown']) {
    launcher.addEventListener(intent, preload, { once: true });
  }
  launcher.addEventListener('click', () => (panel?.isOpen ? close() : void open()));
  // A page may have something of that name, which stays; an element with this id is found under it, too.
  if (!window.Parley || window.Parley instanceof Element) {
    window.Parley = { open: () => void open(), close };
  }

  // Safari knows no requestIdleCallback.
  if (hasConversation()) (window.requestIdleCallback ?? setTimeout)(preload);
}

function hasConversation(): boolean {
  try {
    return hasActiveConversation(localStorage.getItem(STORAGE_KEY));
  } catch {
    return false; // The page may not use storage.
  }
}

declare global {
  interface Window {
    /** A tag has started the widget. Not `Parley`: a page may have something of that name. */
    parleyStarted?: true;
  }
}

/** As a module, a script doesn't know its own tag. */
const tag = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
if (!(tag instanceof HTMLScriptElement)) {
  console.warn('Parley: no tag');
} else if (!window.parleyStarted) {
  window.parleyStarted = true;
  if (document.body) start(tag);
  else addEventListener('DOMContentLoaded', () => start(tag), { once: true });
}
