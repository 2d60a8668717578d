// Shows what a push brings when no tab is open, and leads to it. It keeps no page and no file: every request goes to the
// network as if it were not there.

import * as v from 'valibot';
import { pushMessageSchema } from '#shared/alerts/push.ts';

// The types of a page have none of a worker's. As much of them as is used here.
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushEvent extends Waiting {
  readonly data: { text(): string } | null;
}
interface ClickEvent extends Waiting {
  readonly notification: Notification;
}
interface Tab {
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: object): Promise<readonly Tab[]>;
    openWindow(path: string): Promise<unknown>;
  };
  addEventListener(type: 'push', heard: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', heard: (event: ClickEvent) => void): void;
}
const worker = self as unknown as Worker;

const messageSchema = v.pipe(v.string(), v.parseJson(), pushMessageSchema);

worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.text() ?? '')));

worker.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(open(String(notification.data)));
});

/** A browser wants to see something for each push, or it takes them away. */
async function show(text: string): Promise<void> {
  const { title, body, tag, path } = v.parse(messageSchema, text);
  const icon = '/icons/192.png';
  await worker.registration.showNotification(title, { body, tag, icon, data: path });
  for (const tab of await tabs()) tab.postMessage({ type: 'pushed', tag });
}

async function open(path: string): Promise<void> {
  const [tab] = await tabs();
  if (!tab) return void (await worker.clients.openWindow(path));
  await tab.focus();
  tab.postMessage({ type: 'open', path });
}

const tabs = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
