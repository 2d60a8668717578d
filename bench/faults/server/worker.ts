// The product's Worker with a hand in it, bundled by the fault harness alone: alarms come twice, D1 fails,
// and routes under /__faults/ steer both and read what the checker needs.

import { Hono } from 'hono';
import * as product from '../../../worker/index.ts';
import { failingD1, type Failures } from './failing-d1.ts';

/** All other actors as they are; those below take the place of theirs. */
export * from '../../../worker/index.ts';

/** What the runtime offers to tests, and its published types don't name. */
interface Unsafe {
  evict(stub: DurableObjectStub, options: { webSockets: 'close' | 'hibernate' }): Promise<void>;
}

/** By a name that the bundler cannot read, since it would look for a package. */
async function unsafe(): Promise<Unsafe> {
  const name = ['workerd', 'unsafe'].join(':');
  return ((await import(name)) as { default: Unsafe }).default;
}

// The app and all objects of a local server share one isolate, so that this is known to all of them.
const d1: Failures = { until: 0, rate: 0, count: 0 };
const alarms = { twice: 0, count: 0 };

const failing = (env: Env): Env => ({
  ...env,
  DIRECTORY: failingD1(env.DIRECTORY, d1),
  SEARCH: failingD1(env.SEARCH, d1),
});

export class Conversation extends product.Conversation {
  constructor(context: DurableObjectState, env: Env) {
    super(context, failing(env));
  }

  override alarm(): Promise<void> {
    return perhapsTwice(() => super.alarm());
  }

  /** As if the platform had forgotten that it fired the alarm. */
  ring(): Promise<void> {
    return twice(() => super.alarm());
  }
}

export class Agent extends product.Agent {
  constructor(context: DurableObjectState, env: Env) {
    super(context, failing(env));
  }

  override alarm(): Promise<void> {
    return perhapsTwice(() => super.alarm());
  }

  ring(): Promise<void> {
    return twice(() => super.alarm());
  }
}

export class Department extends product.Department {
  constructor(context: DurableObjectState, env: Env) {
    super(context, failing(env));
  }
}

async function perhapsTwice(alarm: () => Promise<void>): Promise<void> {
  if (Math.random() >= alarms.twice) return alarm();
  await twice(alarm);
}

async function twice(alarm: () => Promise<void>): Promise<void> {
  await alarm();
  alarms.count++;
  await alarm();
}

const faults = new Hono<{ Bindings: Env }>()
  .basePath('/__faults')
  .post('/d1', async (c) => {
    const { forMs, rate } = await c.req.json<{ forMs: number; rate: number }>();
    d1.until = Date.now() + forMs;
    d1.rate = rate;
    return c.json({});
  })
  .post('/alarms', async (c) => {
    alarms.twice = (await c.req.json<{ twice: number }>()).twice;
    return c.json({});
  })
  .post('/ring/:actor/:name', async (c) => {
    const { actor, name } = c.req.param();
    const namespace = actor === 'agent' ? c.env.AGENT : c.env.CONVERSATION;
    // The classes that are bound here are those above, which have `ring`.
    const stub = namespace.getByName(name) as unknown as { ring(): Promise<void> };
    await stub.ring();
    return c.json({});
  })
  .post('/evict/:actor/:name', async (c) => {
    const { actor, name } = c.req.param();
    const { webSockets } = await c.req.json<{ webSockets: 'close' | 'hibernate' }>();
    const actors = { conversation: c.env.CONVERSATION, agent: c.env.AGENT };
    const stub =
      actor === 'department'
        ? c.env.DEPARTMENT.getByName(name)
        : actors[actor === 'agent' ? 'agent' : 'conversation'].getByName(name);
    await (await unsafe()).evict(stub, { webSockets });
    return c.json({});
  })
  .get('/counts', (c) => c.json({ d1: d1.count, alarm: alarms.count }))
  .get('/index', async (c) => {
    const { results } = await c.env.DIRECTORY.prepare(
      'SELECT id, seq, status, agent_id AS agentId FROM conversation',
    ).all();
    return c.json(results);
  });

export default {
  fetch(request: Request, env: Env, context: ExecutionContext) {
    const isOurs = new URL(request.url).pathname.startsWith('/__faults/');
    return isOurs
      ? faults.fetch(request, env, context)
      : product.default.fetch(request, failing(env), context);
  },
};
