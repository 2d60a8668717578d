// Fetched only where a message may be left. Mounts itself, so that it needs nothing of the panel's Svelte.

import { mount, unmount } from 'svelte';
import type { Visit } from '../visit.svelte.ts';
import Leaving from './Leaving.svelte';

/** For `{@attach}`. */
export const leaving =
  (visit: Visit) =>
  (target: HTMLElement): (() => void) => {
    const form = mount(Leaving, { target, props: { visit } });
    return () => void unmount(form);
  };
