// What begins with a page of the workspace once it stands: hearing other tabs and the service worker, and keeping this
// device the agent's.

import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import type { Announcements } from './announcements.ts';
import { ownDeviceText } from '../account/device-text.ts';
import { renewSubscription } from './push.ts';
import { putSubscription } from './push-devices.svelte.ts';
import { hearWorker } from './worker-messages.ts';

interface Parts {
  readonly announcements: Announcements;
  readonly workspace: WorkspaceStore;
  readonly go: (path: string) => void;
}

/** Answers with a function that ends it. */
export function start({ announcements, workspace, go }: Parts): () => void {
  const ends = [
    announcements.start(),
    hearWorker((message) => {
      if (message.type === 'open') go(message.path);
    }),
  ];
  const { agentId } = workspace.me;
  void renewSubscription(agentId, ownDeviceText(), putSubscription);
  return () => ends.forEach((end) => end());
}
