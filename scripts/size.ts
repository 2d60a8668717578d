// npm run size: what a visitor, an agent and Cloudflare have to load, held against a budget. In brotli, as
// browsers get it, if not told otherwise.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { SPOKEN_LOCALES } from '../web/widget/spoken-locales.ts';
import { build } from './build.ts';
import { fromRoot, webOutput } from './paths.ts';
import { run, task } from './run.ts';

const kilobyte = 1000;

interface Weight {
  what: string;
  bytes: number;
  budget: number;
}

const brotli = async (path: string) => brotliCompressSync(await readFile(path)).length;
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** The widget's files by their names without fingerprint. Every language has one more: its sentences. */
const WIDGET_BUDGETS: Record<string, number> = {
  panel: 31 * kilobyte,
  'conversation-view': 16.5 * kilobyte,
  'offline-form': 2.5 * kilobyte,
  'human-check': 1.5 * kilobyte,
  check: 1 * kilobyte,
};
const SENTENCES_BUDGET = 1.5 * kilobyte;
/** The panel and one language. */
const TYPING_BUDGET = 32 * kilobyte;

/** Cloudflare takes 10,000 kB. The sentences of pages are in it in all languages, for the server draws pages. */
const WORKER_BUDGET = 1200 * kilobyte;

const isSpoken = (name: string) => SPOKEN_LOCALES.some((locale) => locale === name);

async function widget(): Promise<Weight[]> {
  const folder = join(webOutput, 'widget');
  const files = await Promise.all(
    (await readdir(folder)).sort().map(async (file) => {
      const [name = file] = file.split('.');
      const budget = isSpoken(name) ? SENTENCES_BUDGET : WIDGET_BUDGETS[name];
      if (budget === undefined) throw new Error(`The widget's file ${name} has no budget.`);
      return { name, bytes: await brotli(join(folder, file)), budget };
    }),
  );
  const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? 0;
  const typing = bytesOf('panel') + Math.max(...SPOKEN_LOCALES.map(bytesOf));
  return [
    {
      what: 'widget loader',
      bytes: await brotli(join(webOutput, 'widget.js')),
      budget: 2.5 * kilobyte,
    },
    { what: 'widget until one can type', bytes: typing, budget: TYPING_BUDGET },
    ...files.map(({ name, ...weight }) => ({ what: `  ${name}`, ...weight })),
  ];
}

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

/** What the first page is made of. */
const FIRST_PAGE = [
  '+layout.svelte',
  '(workspace)/+layout.svelte',
  '(workspace)/inbox/+page.svelte',
];

/** Scripts and styles of the first page: the client's start, the page in its layouts, and a language. */
async function firstPage(): Promise<number> {
  const output = fromRoot('.svelte-kit/output/client');
  const manifest = JSON.parse(
    await readFile(join(output, '.vite/manifest.json'), 'utf8'),
  ) as Record<string, Chunk>;
  const files = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.css?.forEach((style) => files.add(style));
    chunk.imports?.forEach(visit);
  };
  const keys = Object.keys(manifest);
  keys.filter((key) => /(client\/entry\.js|client-optimized\/app\.js)$/.test(key)).forEach(visit);
  const nodes = keys.filter((key) => /client-optimized\/nodes\/\d+\.js$/.test(key));
  for (const node of nodes) {
    const source = await readFile(fromRoot(node), 'utf8');
    if (FIRST_PAGE.some((route) => source.includes(`web/routes/${route}"`))) visit(node);
  }
  const bytesOf = (file: string) => brotli(join(output, file));
  const languages = keys.filter((key) => /^messages\/[\w-]+\.json$/.test(key));
  const sentences = await Promise.all(languages.map((key) => bytesOf(manifest[key]?.file ?? key)));
  return sum(await Promise.all([...files].map(bytesOf))) + Math.max(...sentences);
}

async function worker(): Promise<number> {
  const folder = fromRoot('.parley/minified');
  await run(`wrangler deploy --dry-run --minify --outdir ${folder}`);
  return gzipSync(await readFile(join(folder, 'index.js'))).length;
}

await task(async () => {
  await build();
  const weights: Weight[] = [
    ...(await widget()),
    { what: 'workspace, first page', bytes: await firstPage(), budget: 130 * kilobyte },
    { what: 'Worker (minified, gzip)', bytes: await worker(), budget: WORKER_BUDGET },
  ];

  for (const { what, bytes, budget } of weights) {
    const verdict = bytes <= budget ? 'ok' : 'OVER BUDGET';
    const kilobytes = (bytes / kilobyte).toFixed(1).padStart(7);
    console.log(`${what.padEnd(28)}${kilobytes} kB of ${budget / kilobyte} kB  ${verdict}`);
  }
  const over = weights.filter(({ bytes, budget }) => bytes > budget);
  if (over.length > 0) throw new Error(`Over budget: ${over.map(({ what }) => what).join(', ')}`);
});
