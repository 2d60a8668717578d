// The server's process, so that it can be killed as a whole: serves the harness's Worker on one port and one
// state, and obeys its parent.

import * as v from 'valibot';
import { serve } from '../../../scripts/serve.ts';
import { serverBundle } from './build.ts';
import { serverSettings } from './settings.ts';

const argumentsSchema = v.object({ port: v.number(), stateFolder: v.string(), assets: v.string() });

const orderSchema = v.object({
  order: v.number(),
  statements: v.array(
    v.object({ sql: v.string(), params: v.array(v.union([v.string(), v.number(), v.null()])) }),
  ),
});
export type Order = v.InferOutput<typeof orderSchema>;

const given = v.parse(argumentsSchema, JSON.parse(process.argv[2] ?? '{}'));
/** As many people are signed in at once as in ten offices. */
const CROWD = 10;

const served = await serve({
  ...given,
  crowd: CROWD,
  bundle: serverBundle,
  settings: serverSettings,
});

async function obey({ statements }: Order): Promise<void> {
  const { directory } = served;
  await directory.batch(
    statements.map(({ sql, params }) => directory.prepare(sql).bind(...params)),
  );
}

process.on('message', (message) => {
  const order = v.parse(orderSchema, message);
  void obey(order).then(
    () => process.send?.({ order: order.order }),
    (error: unknown) => process.send?.({ order: order.order, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: served.url });
