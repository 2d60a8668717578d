// Serves the bare Durable Object the way Parley is served: on workerd, through Miniflare, behind a folder of static
// files whose router sees each upgrade first.

import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_readConfig } from 'wrangler';
import { fromRoot } from '../../scripts/paths.ts';
import { serving } from './serving.ts';

await serving(async (folder) => {
  const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } =
    unstable_readConfig({ config: fromRoot('wrangler.toml') }) as {
      compatibility_date: string;
      compatibility_flags: string[];
    };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'bare',
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      resourcePersistencePath: folder,
      compatibilityDate,
      compatibilityFlags,
      modules: true,
      script: stripTypeScriptTypes(await readFile(fromRoot('bench/bare.ts'), 'utf8')),
      durableObjects: { ROOM: { className: 'Room', useSQLite: true } },
      assets: {
        directory: fromRoot('demo'),
        binding: 'ASSETS',
        routerConfig: { has_user_worker: true, static_routing: { user_worker: ['/*'] } },
      },
    }),
  );
  return { url: (await miniflare.ready).origin, stop: () => miniflare.dispose() };
});
