// A browser and its system in the words of a language.

import type { Device } from '#shared/identity.ts';
import { m } from '#messages/compiled/messages.js';

export function deviceText({ browser, system }: Device): string {
  if (browser !== null && system !== null) return m.device_both({ browser, system });
  return browser ?? system ?? m.device_unknown();
}
