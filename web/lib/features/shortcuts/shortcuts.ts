// Every action of the workspace, declared once: tooltips, the palette, the list of shortcuts and the
// keyboard read it from here.

import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import CirclePlay from '@lucide/svelte/icons/circle-play';
import CircleX from '@lucide/svelte/icons/circle-x';
import DoorOpen from '@lucide/svelte/icons/door-open';
import Forward from '@lucide/svelte/icons/forward';
import Hand from '@lucide/svelte/icons/hand';
import Inbox from '@lucide/svelte/icons/inbox';
import Info from '@lucide/svelte/icons/info';
import Keyboard from '@lucide/svelte/icons/keyboard';
import ListRestart from '@lucide/svelte/icons/list-restart';
import LogOut from '@lucide/svelte/icons/log-out';
import Mail from '@lucide/svelte/icons/mail';
import MonitorOff from '@lucide/svelte/icons/monitor-off';
import PenLine from '@lucide/svelte/icons/pen-line';
import Search from '@lucide/svelte/icons/search';
import SquarePen from '@lucide/svelte/icons/square-pen';
import UserPlus from '@lucide/svelte/icons/user-plus';
import type { Component } from 'svelte';
import { m } from '#web/paraglide/messages.js';

interface Shortcut {
  label: () => string;
  icon: Component<{ size?: number }>;
  /** The first is the one that is shown. */
  keys: readonly string[];
}

export const SHORTCUTS = {
  palette: { label: m.action_palette, icon: Search, keys: ['mod+k'] },
  next: { label: m.action_next, icon: ArrowDown, keys: ['j', 'alt+arrowdown'] },
  previous: { label: m.action_previous, icon: ArrowUp, keys: ['k', 'alt+arrowup'] },
  take: { label: m.action_take, icon: Hand, keys: ['t'] },
  requeue: { label: m.action_requeue, icon: ListRestart, keys: ['q'] },
  forward: { label: m.action_forward, icon: Forward, keys: ['f'] },
  hold: { label: m.action_hold, icon: CirclePause, keys: ['h'] },
  resume: { label: m.action_resume, icon: CirclePlay, keys: ['u'] },
  end: { label: m.action_end, icon: CircleX, keys: ['e'] },
  invite: { label: m.action_invite, icon: UserPlus, keys: ['v'] },
  leave: { label: m.action_leave, icon: DoorOpen, keys: ['l'] },
  reply: { label: m.action_reply, icon: PenLine, keys: ['r'] },
  details: { label: m.action_details, icon: Info, keys: ['i'] },
  edit: { label: m.action_edit, icon: SquarePen, keys: ['d'] },
  availability: { label: m.action_availability, icon: CircleDot, keys: ['a'] },
  inbox: { label: m.action_inbox, icon: Inbox, keys: ['g'] },
  messages: { label: m.action_messages, icon: Mail, keys: ['m'] },
  shortcuts: { label: m.action_shortcuts, icon: Keyboard, keys: ['?'] },
  signOut: { label: m.action_sign_out, icon: LogOut, keys: [] },
  signOutEverywhere: { label: m.action_sign_out_everywhere, icon: MonitorOff, keys: [] },
} as const satisfies Record<string, Shortcut>;

export type ActionId = keyof typeof SHORTCUTS;

// The cast is safe: Object.keys of a const object yields exactly its keys.
export const ACTION_IDS = Object.keys(SHORTCUTS) as ActionId[];

/** The shortcut to show beside an action. */
export const keysOf = (id: ActionId): string | undefined => SHORTCUTS[id].keys[0];
