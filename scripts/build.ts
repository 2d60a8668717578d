// Everything that is generated, in order: messages → widget → workspace → the Worker's bundle.
import { rm } from 'node:fs/promises';
import { compile } from '@inlang/paraglide-js';
import { unlessFresh } from './fingerprint.ts';
import { bundleFolder, fromRoot, webOutput } from './paths.ts';
import { run } from './run.ts';

const messages = ['messages/*.json', 'project.inlang/settings.json'];
const common = [
  'package-lock.json',
  '{,web/}tsconfig.json',
  'scripts/build.ts',
  '{messages,shared}/**/*.ts',
  ...messages,
];
const widget = [...common, 'web/widget/**', 'web/lib/**'];
const web = [
  ...widget,
  'svelte.config.js',
  '_headers',
  'web/*.*',
  'web/routes/**',
  'web/params/**',
  'web/static/!(widget|widget*.js)/**',
  'web/static/!(widget*.js)',
];

export async function compileMessages(): Promise<void> {
  await compile({
    project: fromRoot('project.inlang'),
    outdir: fromRoot('messages/compiled'),
    strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  });
}

/** What type checks, lint and tests read: the catalogue's code and SvelteKit's types. */
export async function prepare(): Promise<void> {
  await unlessFresh(
    {
      name: 'messages',
      inputs: ['package-lock.json', 'scripts/build.ts', ...messages],
      output: fromRoot('messages/compiled/runtime.js'),
    },
    compileMessages,
  );
  await unlessFresh(
    {
      name: 'sync',
      inputs: ['package-lock.json', 'svelte.config.js', 'web/routes/**/+*'],
      output: fromRoot('.svelte-kit/tsconfig.json'),
    },
    async () => void (await run('svelte-kit sync')),
  );
}

export async function buildWeb(): Promise<void> {
  await prepare();
  await unlessFresh(
    { name: 'widget', inputs: widget, output: fromRoot('web/static/widget.js') },
    async () => {
      await run('vite build -c web/widget/vite.config.ts --mode panel');
      await run('vite build -c web/widget/vite.config.ts --mode loader');
    },
  );
  await unlessFresh(
    { name: 'web', inputs: web, output: `${webOutput}/_headers` },
    async () => void (await run('vite build -c web/vite.config.ts')),
  );
}

export async function bundleWorker(): Promise<void> {
  await unlessFresh(
    {
      name: 'worker',
      inputs: [...common, 'worker/**', 'wrangler.toml', '.parley/fingerprints/web'],
      output: `${bundleFolder}/index.js`,
    },
    async () => {
      await rm(bundleFolder, { recursive: true, force: true });
      await run(`wrangler deploy --dry-run --outdir ${bundleFolder}`);
    },
  );
}

export async function build(): Promise<void> {
  await buildWeb();
  await bundleWorker();
}
