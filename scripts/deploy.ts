// npm run deploy: puts Parley on Cloudflare. Once before: `wrangler login`, `wrangler d1 create` for parley-directory and
// parley-search (their ids go into wrangler.toml), `wrangler r2 bucket create parley-files`, and `wrangler secret put` for
// AUTH_SECRET, VISITOR_SECRET, ROUTING_SECRET and PUSH_SECRET. `npm run deploy -- --dry-run` stops before anything leaves
// this machine.
import { buildWeb } from './build.ts';
import { readSettings } from './configuration.ts';
import { run, task } from './run.ts';

await task(async () => {
  await readSettings();
  await buildWeb();
  if (process.argv.includes('--dry-run')) {
    const output = await run('wrangler deploy --dry-run --minify --outdir .parley/minified');
    console.log(/Total Upload:.*/.exec(output)?.[0] ?? output);
    return;
  }
  for (const database of ['DIRECTORY', 'SEARCH']) {
    await run(`wrangler d1 migrations apply ${database} --remote`, { show: true });
  }
  await run('wrangler deploy --minify', { show: true });
});
