// The pages of My Account, in their order. A new one is an entry here and a route of its own.

import BellRing from '@lucide/svelte/icons/bell-ring';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import User from '@lucide/svelte/icons/user';
import type { Component } from 'svelte';
import { m } from '#messages/compiled/messages.js';

export interface AccountSection {
  readonly path: string;
  readonly label: () => string;
  readonly icon: Component<{ size?: number; 'aria-hidden'?: boolean }>;
}

export const ACCOUNT_SECTIONS: readonly AccountSection[] = [
  { path: '/account', label: m.account_profile, icon: User },
  { path: '/account/security', label: m.account_security, icon: ShieldCheck },
  { path: '/account/preferences', label: m.account_preferences, icon: SlidersHorizontal },
  { path: '/account/notifications', label: m.alerts_title, icon: BellRing },
  { path: '/account/omnichannel', label: m.account_omnichannel, icon: MessagesSquare },
];
