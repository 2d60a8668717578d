// Whether a deployment has put another panel in the place of this one, whose parts can then no longer be fetched.

import { NEWEST_PANEL } from '../embed.ts';

export async function isReplaced(origin: string): Promise<boolean> {
  const file = import.meta.url.split('/').at(-1) ?? '';
  try {
    const newest = await fetch(origin + NEWEST_PANEL);
    return newest.ok && !(await newest.text()).includes(file);
  } catch {
    return false;
  }
}
