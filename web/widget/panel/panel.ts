// The panel's entry: mounts it beside the launcher and ties the two together.

import { mount } from 'svelte';
import { environmentOf } from '#web/lib/live/environment.ts';
import type { MountPanel } from '../embed.ts';
import { Chunk } from './chunk.svelte.ts';
import { host } from './host.ts';
import { keepOpen, takeKeptOpen } from './kept-open.ts';
import LauncherState from './LauncherState.svelte';
import { keepEventsIn } from './own-events.ts';
import { isPhone } from './page.svelte.ts';
import Panel from './Panel.svelte';
import { isReplaced } from './replaced.ts';
import { setLanguage } from './runtime.ts';
import { fetchSentences } from './sentences.ts';
import { adoptInto } from './styles.ts';
import { VisitorSession } from './visitor-session.svelte.ts';

export const mountPanel: MountPanel = async ({
  locale,
  sentences,
  root,
  launcher,
  renew,
  ...site
}) => {
  setLanguage(locale, await fetchSentences(site.origin, locale, sentences));
  adoptInto(root);
  keepEventsIn(root.host);
  const renewIfReplaced = () =>
    void isReplaced(site.origin).then((isGone) => {
      if (isGone) renew();
    });
  const view = new Chunk(() => import('./conversation-view.ts'), renewIfReplaced);
  const offlineForm = new Chunk(() => import('./offline-form.ts'), renewIfReplaced);
  const humanCheck = new Chunk(() => import('./human-check.ts'), renewIfReplaced);
  const session = new VisitorSession(site, environmentOf(host), view, humanCheck);

  const show = (isAsked: boolean) => {
    session.open(isAsked);
    launcher.ariaExpanded = 'true';
  };
  const hide = () => {
    session.close();
    launcher.ariaExpanded = 'false';
  };
  const open = () => {
    // One that has stayed open has not taken the focus yet.
    const field = session.takesFocus ? null : root.querySelector<HTMLElement>('input, textarea');
    show(true);
    field?.focus();
  };
  const close = () => {
    if (!session.isOpen) return;
    hide();
    launcher.focus();
  };
  /** In a conversation the panel is as it was on the page before. On a phone it would hide the page. */
  const stay = () => {
    if (!session.isInConversation) return;
    if (takeKeptOpen() && !isPhone()) show(false);
    else hide();
  };
  mount(LauncherState, { target: launcher, props: { session } });
  mount(Panel, {
    target: root,
    props: { session, launcher, onClose: close, view, offlineForm, humanCheck },
  });
  stay();
  host.addEventListener('pagehide', () => keepOpen(session.isOpen && session.isInConversation));
  // A page that comes back as it was has missed what was done on the pages after it.
  host.addEventListener('pageshow', ({ persisted }) => persisted && stay());
  return {
    get isOpen() {
      return session.isOpen;
    },
    open,
    close,
  };
};

// Where no frame could be had, the loader has imported this itself.
const frame = globalThis.frameElement as HTMLIFrameElement | null;
frame?.parley?.(mountPanel);
