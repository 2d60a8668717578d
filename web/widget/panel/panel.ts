// The panel's entry: mounts it beside the launcher and ties the two together.

import { mount } from 'svelte';
import { m } from '#messages/compiled/messages.js';
import type { MountPanel } from '../embed.ts';
import { VisitorSession } from './visitor-session.svelte.ts';
import Panel from './Panel.svelte';
import { setLanguage } from './runtime.ts';
import { adoptInto } from './styles.ts';

const MOST_SHOWN = 9;

export const mountPanel: MountPanel = ({ locale, catalogue, root, launcher, badge, ...site }) => {
  setLanguage(locale, catalogue);
  adoptInto(root);
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
