// Fetched only where a message may be left. Mounts itself, so that it needs nothing of the panel's Svelte.

import { mount, unmount } from 'svelte';
import type { VisitorSession } from '../visitor-session.svelte.ts';
import Leaving from './Leaving.svelte';

/** For `{@attach}`. */
export const leaving =
  (session: VisitorSession) =>
  (target: HTMLElement): (() => void) => {
    const form = mount(Leaving, { target, props: { session } });
    return () => void unmount(form);
  };
