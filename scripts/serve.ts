// Serves the built Parley from one machine: the deployed bundle and wrangler.toml, on workerd.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { D1Database } from '@cloudflare/workers-types';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import type { SettingsSource } from '#shared/settings/schema.ts';
import { gatherAssets } from './assets.ts';
import { migrate } from './migrate.ts';
import { bundleFolder, fromRoot, storedIn } from './paths.ts';
import { ensureSecrets } from './secrets.ts';

export interface ServeOptions {
  /** 0 takes any free port. */
  port: number;
  /** Everything that it remembers. */
  stateFolder: string;
  /** Keeps the Worker's own log lines to itself. */
  quiet?: boolean;
  /** Another bundle than the product's. */
  bundle?: Bundle;
  /** What `gatherAssets` gathered, for many starts; then it is not removed. */
  assets?: string;
  /** What replaces sections of wrangler.toml's settings. */
  settings?: Partial<SettingsSource>;
}

interface Bundle {
  folder: string;
  /** The file that is the Worker; the others are what it imports. */
  entry: string;
  /** Beside those of wrangler.toml. */
  compatibilityFlags: readonly string[];
}

export interface Served {
  url: string;
  directory: D1Database;
  stop: () => Promise<void>;
}

/** What is read here of wrangler.toml, whose own type wrangler doesn't publish. */
interface Configuration {
  name: string;
  assets?: { directory: string };
  compatibility_flags: string[];
  d1_databases: Array<{ binding: string; migrations_dir?: string }>;
  vars: { settings?: object };
}

const productBundle: Bundle = { folder: bundleFolder, entry: 'index.js', compatibilityFlags: [] };

const moduleTypes = {
  '.js': 'ESModule',
  '.wasm': 'CompiledWasm',
  '.bin': 'Data',
  '.txt': 'Text',
} as const;

/** The bundle's entry first, then what it imports. */
async function bundledModules({ folder, entry }: Bundle) {
  const files = await readdir(folder);
  return files
    .sort((a, b) => Number(b === entry) - Number(a === entry))
    .flatMap((file) => {
      const type = moduleTypes[extname(file) as keyof typeof moduleTypes];
      return type ? [{ type, path: join(folder, file) }] : [];
    });
}

export async function serve(options: ServeOptions): Promise<Served> {
  const { port, stateFolder, quiet = false } = options;
  const { bundle = productBundle } = options;
  await ensureSecrets();
  await mkdir(stateFolder, { recursive: true });
  const config = unstable_readConfig({ config: fromRoot('wrangler.toml') }) as Configuration;
  config.vars.settings = { ...config.vars.settings, ...options.settings };
  const assets = options.assets ?? (await gatherAssets());
  if (config.assets) config.assets.directory = assets;
  config.compatibility_flags.push(...bundle.compatibilityFlags);
  const { modulesRules: _, ...workerOptions } = unstable_getMiniflareWorkerOptions(
    config as never, // It is wrangler's own, which was read above.
  ).workerOptions;

  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      cf: false,
      log: new Log(quiet ? LogLevel.NONE : LogLevel.WARN),
      resourcePersistencePath: storedIn(stateFolder),
      ...workerOptions,
      name: config.name,
      modulesRoot: bundle.folder,
      modules: await bundledModules(bundle),
    }),
  );
  const stop = async () => {
    await miniflare.dispose();
    if (!options.assets) await rm(assets, { recursive: true, force: true });
  };

  try {
    const url = (await miniflare.ready).origin;
    for (const { binding, migrations_dir: folder } of config.d1_databases) {
      if (!folder) continue;
      const database = await miniflare.getD1Database(binding);
      await migrate(database, fromRoot(folder));
    }
    return {
      url,
      directory: await miniflare.getD1Database('DIRECTORY'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
