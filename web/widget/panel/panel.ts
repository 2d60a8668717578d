// The panel's entry: mounts it beside the launcher and ties the two together.

import { mount } from 'svelte';
import { chooseLocale } from '#messages/choose-locale.ts';
import { m } from '#web/paraglide/messages.js';
import { locales, overwriteGetLocale } from '#web/paraglide/runtime.js';
import type { MountPanel } from '../embed.ts';
import { wantedLocales } from '../wanted-locales.ts';
import { VisitorSession } from './visitor-session.svelte.ts';
import Panel from './Panel.svelte';

const MOST_SHOWN = 9;

export const mountPanel: MountPanel = ({ root, launcher, badge, ...site }) => {
  const locale = chooseLocale(locales, wantedLocales());
  overwriteGetLocale(() => locale);
  const session = new VisitorSession(site);

  const onUnread = (unread: number) => {
    badge.hidden = unread === 0;
    badge.textContent = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
    launcher.ariaLabel = unread === 0 ? m.widget_open() : m.widget_open_unread({ unread });
  };
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
  mount(Panel, { target: root, props: { session, onUnread, onClose: close } });
  return {
    get isOpen() {
      return session.isOpen;
    },
    open,
    close,
  };
};
