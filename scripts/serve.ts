// Serves the built Parley from one machine: the deployed bundle and wrangler.toml, on workerd.
import { rm, writeFile } from 'node:fs/promises';
import type { D1Database } from '@cloudflare/workers-types';
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  Miniflare,
  type Request,
  type Response,
} from 'miniflare';
import { gatherAssets } from './assets.ts';
import { migrate } from './migrate.ts';
import { migratedDatabases, miniflareOptions, type MiniflareSource } from './miniflare-options.ts';
import { addressFile, openStateFolder } from './state-folder.ts';

export interface ServeOptions extends MiniflareSource {
  /** Keeps the Worker's own log lines to itself. */
  quiet?: boolean;
  /** Answers what the Worker asks of others, in their place. */
  others?: (request: Request) => Promise<Response>;
  /** What `gatherAssets` gathered, for many starts; then it is not removed. */
  assets?: string;
}

export interface Served {
  url: string;
  directory: D1Database;
  stop: () => Promise<void>;
}

export async function serve(options: ServeOptions): Promise<Served> {
  await openStateFolder(options.stateFolder);
  const assets = options.assets ?? (await gatherAssets());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...(await miniflareOptions(options, assets)),
      ...(options.others && { outboundService: options.others }),
      log: new Log(options.quiet ? LogLevel.NONE : LogLevel.WARN),
    }),
  );
  const stop = async () => {
    await rm(addressFile(options.stateFolder), { force: true });
    await miniflare.dispose();
    if (!options.assets) await rm(assets, { recursive: true, force: true });
  };

  try {
    const url = (await miniflare.ready).origin;
    for (const { binding, folder } of migratedDatabases()) {
      await migrate(await miniflare.getD1Database(binding), folder);
    }
    await writeFile(addressFile(options.stateFolder), url);
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
