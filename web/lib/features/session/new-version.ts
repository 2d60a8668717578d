// When a newer Parley than the page's has been deployed, the agent's next step within the workspace loads it.

import type { BeforeNavigate } from '@sveltejs/kit';
import { updated } from '$app/state';

/** Takes the step as a load of the whole page. Back and forward stay as they are: they know the way by themselves. */
export function loadNewVersion({ to, type, willUnload, cancel }: BeforeNavigate): void {
  if (!updated.current || !to || willUnload || type === 'popstate') return;
  cancel();
  location.assign(to.url);
}
