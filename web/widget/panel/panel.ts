// The panel's entry: mounts it beside the launcher and ties the two together.

import { mount } from 'svelte';
import { environmentOf } from '#web/lib/live/environment.ts';
import type { MountPanel } from '../embed.ts';
import { Chunk } from './chunk.svelte.ts';
import { host } from './host.ts';
import LauncherState from './LauncherState.svelte';
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
  const renewIfReplaced = () =>
    void isReplaced(site.origin).then((isGone) => {
      if (isGone) renew();
    });
  const view = new Chunk(() => import('./conversation-view.ts'), renewIfReplaced);
  const offlineForm = new Chunk(() => import('./offline-form.ts'), renewIfReplaced);
  const humanCheck = new Chunk(() => import('./human-check.ts'), renewIfReplaced);
  const session = new VisitorSession(site, environmentOf(host), view, humanCheck);

  const open = () => {
    session.open();
    launcher.ariaExpanded = 'true';
  };
  const close = () => {
    if (!session.isOpen) return;
    session.close();
    launcher.ariaExpanded = 'false';
    launcher.focus();
  };
  mount(LauncherState, { target: launcher, props: { session } });
  mount(Panel, {
    target: root,
    props: { session, launcher, onClose: close, view, offlineForm, humanCheck },
  });
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
