// A browser and its system in the words of a language.

import { deviceOf } from '#shared/device.ts';
import type { Device } from '#shared/identity.ts';
import { m } from '#messages/compiled/messages.js';

export function deviceText({ browser, system }: Device): string {
  if (browser !== null && system !== null) return m.device_both({ browser, system });
  return browser ?? system ?? m.device_unknown();
}

/** The one that this page is open in. */
export const ownDeviceText = (): string => deviceText(deviceOf(navigator.userAgent));
