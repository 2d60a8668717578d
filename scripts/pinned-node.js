// The Node that npm installs here is fetched by a package's script, which no lock file covers. It runs everything, so
// it is run only if it is the known one. Not TypeScript, because bootstrap.mjs reads it on any Node.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** SHA-256 of the program in the version that package.json names, by platform. */
const CHECKSUMS = {
  'linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
  'linux-arm64': '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
  'win32-x64': 'ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32',
};

/** @param {string} path of the program */
export function isKnownNode(path, platform = `${process.platform}-${process.arch}`) {
  if (!existsSync(path)) return false;
  return createHash('sha256').update(readFileSync(path)).digest('hex') === CHECKSUMS[platform];
}
