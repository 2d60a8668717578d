// All that a page loads before the visitor shows intent: the launcher. Reaching for it fetches the panel and
// its sentences.

import { chooseLocale } from '#messages/choose-locale.ts';
import { hasActiveConversation, STORAGE_KEY } from './active-conversation.ts';
import { NEWEST_PANEL, type PanelHandle } from './embed.ts';
import { keepInPage } from './keep-in-page.ts';
import { drawLauncher } from './launcher.ts';
import { fetchPanel } from './realm.ts';
import { wantedLocales } from './wanted-locales.ts';

/** The panel's address at the Worker, with its fingerprint. */
declare const __PANEL__: string;
/** Of each language: its sentences' address, the launcher's name, and what to say when the panel can't be had. */
declare const __LANGUAGES__: Record<string, [address: string, name: string, unavailable: string]>;

// Once: the build puts its text wherever the name stands.
const languages = __LANGUAGES__;

function start(script: HTMLScriptElement): void {
  // Not by URL: a page may use that name for something else.
  const origin = script.src.split('/', 3).join('/');
  const { department = null, agent = null, position } = script.dataset;
  // Filled by the build, which knows one language at least.
  const locales = Object.keys(languages) as [string, ...string[]];
  const locale = chooseLocale(locales, wantedLocales());
  const [texts = '', name = '', unavailable = ''] = languages[locale] ?? [];
  const { host, root, launcher, notice } = drawLauncher(name, locale, position);
  let frame: HTMLIFrameElement | null = null;
  let panel: PanelHandle | null = null;
  let isWanted = false;

  function load(path = __PANEL__): void {
    if (frame) return;
    const onFailed = () => {
      drop();
      // After a deployment the panel that a cached loader names may be gone.
      if (path !== NEWEST_PANEL) load(NEWEST_PANEL);
      else settle(unavailable);
    };
    frame = fetchPanel(
      origin + path,
      origin + texts,
      script.nonce,
      (mountPanel, sentences) => {
        const page = { origin, department, agent, locale, sentences };
        const made = mountPanel({ ...page, root, launcher, renew });
        made.then((mounted) => {
          panel = mounted;
          if (isWanted) panel.open();
          settle('');
        }, onFailed);
      },
      onFailed,
    );
  }

  /** The visitor has what they asked for, or reads why not. */
  function settle(text: string): void {
    if (isWanted) notice.textContent = text;
    launcher.ariaBusy = 'false';
    isWanted = false;
  }

  function drop(): void {
    frame?.remove();
    frame = panel = null;
    cutBehind(root, notice);
    cutBehind(launcher, launcher.firstChild);
  }

  function renew(): void {
    isWanted ||= panel?.isOpen === true;
    drop();
    load(NEWEST_PANEL);
  }

  function open(): void {
    if (panel) return panel.open();
    isWanted = true;
    launcher.ariaBusy = 'true';
    load();
  }

  const close = () => panel?.close();
  const preload = () => load();

  for (const intent of ['pointerenter', 'focus', 'pointerdown']) {
    launcher.addEventListener(intent, preload, { once: true });
  }
  launcher.addEventListener('click', () => (panel?.isOpen ? close() : open()));
  keepInPage(host, () => {
    // The page has taken it away, and with it all that ran in it.
    if (!frame || frame.isConnected) return;
    if (panel) return renew();
    // A page that takes away each frame at once would do so for ever.
    drop();
    settle(unavailable);
  });
  // A page may have something of that name, which stays; an element with this id is found under it, too.
  if (!window.Parley || window.Parley instanceof Element) window.Parley = { open, close };

  // Safari knows no requestIdleCallback.
  if (hasConversation()) (window.requestIdleCallback ?? setTimeout)(preload);
}

/** What stays is not touched: it may have the focus, or be about to be clicked. */
function cutBehind(parent: Node, last: Node | null): void {
  while (parent.lastChild !== last) parent.lastChild?.remove();
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
    /**
     * The tag that has started the widget, or started it again after the page has swapped its content; null once it
     * was told that there is another. Not `Parley`: a page may have something of that name.
     */
    parleyTag?: HTMLScriptElement | null;
  }
}

/** As a module, a script doesn't know its own tag. */
const tag = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
if (!(tag instanceof HTMLScriptElement)) {
  console.warn('Parley: no tag');
} else if (window.parleyTag?.isConnected) {
  window.parleyTag = null;
  console.warn('Parley: The script tag is on this page twice. Only the first counts.');
} else if (window.parleyTag !== null) {
  const isFirst = !window.parleyTag;
  window.parleyTag = tag;
  if (isFirst) {
    if (document.body) start(tag);
    else addEventListener('DOMContentLoaded', () => start(tag), { once: true });
  }
}
