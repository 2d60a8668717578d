// Fetched only where no agent is there. Mounts itself, so that it needs nothing of the panel's Svelte.

import { mount, unmount } from 'svelte';
import type { VisitorSession } from '../visitor-session.svelte.ts';
import OfflineForm from './OfflineForm.svelte';

/** For `{@attach}`. */
export const mountForm =
  (session: VisitorSession) =>
  (target: HTMLElement): (() => void) => {
    const form = mount(OfflineForm, { target, props: { session } });
    return () => void unmount(form);
  };
