// Makes this device one that is called when no tab is open, and no longer one.

import type { NewPushSubscription, Push, PushDevice } from '#shared/alerts/push.ts';

/** Whose device this is, so that a new session of theirs keeps it. */
const OWNER = 'parley-push';
const WORKER = '/service-worker.js';

export type PushProblem = 'unsupported' | 'denied' | 'failed';

export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** As the browser has it; null: none, or it can't. */
export async function ownSubscription(): Promise<PushSubscription | null> {
  if (!canPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** The one among the agent's devices that is this one. */
export async function ownDevice(devices: readonly PushDevice[]): Promise<PushDevice | null> {
  const endpoint = (await ownSubscription())?.endpoint;
  return devices.find((one) => one.endpoint === endpoint) ?? null;
}

/** Asks the browser for all that it takes. @param agentId whose device it becomes */
export async function subscribe(
  { publicKey }: Pick<Push, 'publicKey'>,
  agentId: string,
  name: string,
): Promise<NewPushSubscription | PushProblem> {
  if (!canPush()) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    await navigator.serviceWorker.register(WORKER, {
      type: import.meta.env.DEV ? 'module' : 'classic',
    });
    const { pushManager } = await navigator.serviceWorker.ready;
    // One that was made for another key gets nothing from here.
    await (await pushManager.getSubscription())?.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: publicKey };
    const subscription = await pushManager.subscribe(options);
    localStorage.setItem(OWNER, agentId);
    return bodyOf(subscription, name) ?? 'failed';
  } catch {
    return 'failed';
  }
}

export async function unsubscribe(): Promise<void> {
  localStorage.removeItem(OWNER);
  await (await ownSubscription())?.unsubscribe();
}

/** The agent has signed in again here: their device belongs to the new session. Never throws. */
export async function renewSubscription(
  agentId: string,
  name: string,
  put: (body: NewPushSubscription) => Promise<unknown>,
): Promise<void> {
  try {
    if (localStorage.getItem(OWNER) !== agentId || sessionStorage.getItem(OWNER) === agentId)
      return;
    const subscription = await ownSubscription();
    const body = subscription && bodyOf(subscription, name);
    if (!body) return;
    await put(body);
    sessionStorage.setItem(OWNER, agentId);
  } catch {
    // The next page tries again.
  }
}

function bodyOf(subscription: PushSubscription, name: string): NewPushSubscription | null {
  const { endpoint, keys: { p256dh, auth } = {} } = subscription.toJSON();
  return endpoint && p256dh && auth ? { endpoint, keys: { p256dh, auth }, name } : null;
}
