// What somebody's browser and system are, in words, out of the line by which browsers introduce
// themselves. Each of them names others, so the order counts.

import type { Device } from '#shared/identity.ts';

const BROWSERS: readonly (readonly [name: string, version: RegExp])[] = [
  ['Edge', /\b(?:Edg|EdgA|EdgiOS)\/(\d{1,5})/],
  ['Opera', /\b(?:OPR|OPiOS)\/(\d{1,5})/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d{1,5})/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d{1,5})/],
  ['Chrome', /\b(?:Chrome|HeadlessChrome|CriOS)\/(\d{1,5})/],
  ['Safari', /\bVersion\/(\d{1,5})\S* (?:Mobile\/\S+ )?Safari\//],
];

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/** Of a longer line nothing is known. */
const MOST = 1_000;

export function deviceOf(userAgent: string | undefined): Device {
  const line = userAgent && userAgent.length <= MOST ? userAgent : '';
  const browser = BROWSERS.map(([name, version]) => {
    const number = version.exec(line)?.[1];
    return number === undefined ? null : `${name} ${number}`;
  }).find((found) => found !== null);
  const system = SYSTEMS.find(([, sign]) => sign.test(line))?.[0];
  return { browser: browser ?? null, system: system ?? null };
}
