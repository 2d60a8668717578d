// The page that a full run leaves: figures, machine, versions, and how to get them again.

import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import * as v from 'valibot';
import { fromRoot, root } from '../scripts/paths.ts';
import { bars, section, type Section } from './report.ts';

const packageSchema = v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() }));

async function versionOf(name: string): Promise<string> {
  const file = await readFile(fromRoot('node_modules', name, 'package.json'), 'utf8');
  return `${name} ${v.parse(packageSchema, file).version}`;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  } catch {
    return 'unknown';
  }
}

export async function results(sections: readonly Section[], minutes: number): Promise<string> {
  const [cpu] = cpus();
  const versions = await Promise.all(['workerd', 'miniflare', 'socket.io'].map(versionOf));
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${[
    '# Benchmark',
    'Written by `npm run bench`; do not edit. A part of it: `npm run bench -- --only latency,units --quick`.',
    `- **When:** ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, in ${minutes.toFixed(1)} minutes, at commit ${commit()}`,
    `- **Machine:** ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${gigabytes} GB, Linux ${release()}; load and servers share it`,
    `- **Versions:** Node ${process.versions.node}, ${versions.join(', ')}`,
    'Everything runs on this machine, over 127.0.0.1, on workerd as `npm start` uses it. Figures in milliseconds are good for comparing what stands side by side, not for promising them elsewhere.',
    '## Bars',
    bars(sections.flatMap((one) => one.bars)),
    ...sections.map(section),
  ]
    .join('\n\n')
    .replaceAll('\n\n- **Machine', '\n- **Machine')
    .replaceAll('\n\n- **Versions', '\n- **Versions')}\n`;
}
