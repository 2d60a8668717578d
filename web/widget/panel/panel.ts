// The panel's entry: mounts it beside the launcher and ties the two together.

import { mount } from 'svelte';
import { m } from '#web/paraglide/messages.js';
import { locales, overwriteGetLocale } from '#web/paraglide/runtime.js';
import { chooseLocale, wantedLocales } from '../choose-locale.ts';
import type { MountPanel } from '../embed.ts';
import { Visit } from './visit.svelte.ts';
import Panel from './Panel.svelte';

const MOST_SHOWN = 9;

export const mountPanel: MountPanel = ({ origin, department, root, launcher, badge }) => {
  const locale = chooseLocale(locales, wantedLocales());
  overwriteGetLocale(() => locale);
  const visit = new Visit(origin, department);

  const onUnread = (unread: number) => {
    badge.hidden = unread === 0;
    badge.textContent = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
    launcher.ariaLabel = unread === 0 ? m.widget_open() : m.widget_open_unread({ unread });
  };
  const onOpen = (isOpen: boolean) => {
    launcher.ariaExpanded = String(isOpen);
    if (!isOpen) launcher.focus();
  };
  const panel = mount(Panel, { target: root, props: { visit, onUnread, onOpen } });
  return {
    get isOpen() {
      return panel.isOpen();
    },
    open: () => panel.open(),
    close: () => panel.close(),
  };
};
