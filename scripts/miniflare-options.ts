// What Miniflare is told about the built Parley: plain JSON, so that one process can find it out for another.
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { V4MiniflareOptions } from 'miniflare';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';
import type { SettingsSource } from '#shared/settings/schema.ts';
import { bundleFolder, fromRoot, storedIn } from './paths.ts';
import { ensureSecrets } from './secrets.ts';

export interface MiniflareSource {
  /** 0 takes any free port. */
  port: number;
  /** Everything that it remembers. */
  stateFolder: string;
  /** Another bundle than the product's. */
  bundle?: Bundle;
  /** What replaces sections of wrangler.toml's settings. */
  settings?: Partial<SettingsSource>;
  /** Secrets beside those of .dev.vars. */
  secrets?: Readonly<Record<string, string>>;
  /** As many times the rate limits of wrangler.toml: for a crowd that speaks from one machine. */
  crowd?: number;
}

interface Bundle {
  folder: string;
  /** The file that is the Worker; the others are what it imports. */
  entry: string;
  /** Beside those of wrangler.toml. */
  compatibilityFlags: readonly string[];
}

/** What is read here of wrangler.toml, whose own type wrangler doesn't publish. */
interface Configuration {
  name: string;
  assets?: { directory: string };
  compatibility_flags: string[];
  ratelimits: Array<{ namespace_id: string; simple: { limit: number } }>;
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

const readConfiguration = (): Configuration =>
  unstable_readConfig({ config: fromRoot('wrangler.toml') }) as Configuration;

/** The databases that are migrated, and where their migrations are. */
export const migratedDatabases = (): Array<{ binding: string; folder: string }> =>
  readConfiguration().d1_databases.flatMap(({ binding, migrations_dir: folder }) =>
    folder ? [{ binding, folder: fromRoot(folder) }] : [],
  );

/** @param assets what `gatherAssets` gathered */
export async function miniflareOptions(
  { port, stateFolder, settings, secrets, crowd = 1, bundle = productBundle }: MiniflareSource,
  assets: string,
): Promise<V4MiniflareOptions> {
  const own = await ensureSecrets();
  const config = readConfiguration();
  config.vars = { ...own, ...secrets, settings: { ...config.vars.settings, ...settings } };
  for (const limit of config.ratelimits) {
    limit.simple.limit *= crowd;
    // Counts are kept with the state: those of a crowd are not held against who comes after it.
    if (crowd > 1) limit.namespace_id += crowd;
  }
  if (config.assets) config.assets.directory = assets;
  config.compatibility_flags.push(...bundle.compatibilityFlags);
  const { modulesRules: _, ...workerOptions } = unstable_getMiniflareWorkerOptions(
    config as never, // It is wrangler's own, which was read above.
  ).workerOptions;

  return {
    host: '127.0.0.1',
    port,
    cf: false,
    resourcePersistencePath: storedIn(stateFolder),
    ...workerOptions,
    name: config.name,
    modulesRoot: bundle.folder,
    modules: await bundledModules(bundle),
  };
}
