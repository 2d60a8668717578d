// Parley's Worker with handles for the benchmark under /bench/. Nobody deploys it.

import { Agent as ParleyAgent } from '../../worker/actors/agent/actor.ts';
import { Conversation as ParleyConversation } from '../../worker/actors/conversation/actor.ts';
import { Department as ParleyDepartment } from '../../worker/actors/department/actor.ts';
import { app } from '../../worker/app.ts';
import type { Env } from '../../worker/env.ts';
import { control } from './control.ts';
import { fillLog } from './fill.ts';
import { ledger } from './ledger.ts';

export { LoginGuard } from '../../worker/actors/login-guard.ts';

// Before any object is made: the platform takes down an instance's handlers when it is.
ledger.watchRequests(ParleyConversation, 'Conversation');
ledger.watchRequests(ParleyDepartment, 'Department');
ledger.watchRequests(ParleyAgent, 'Agent');

/** Conversations that this isolate has woken or made. */
let constructed = 0;

export class Conversation extends ParleyConversation {
  constructor(context: DurableObjectState, env: Env) {
    ledger.watchStorage(context.storage, 'Conversation');
    super(context, env);
    constructed++;
  }

  /** Continues the log by `count` messages, without anybody being told. */
  fill(count: number): void {
    fillLog(this.ctx.storage, count);
  }

  /** Ends this instance, and with it its sockets. The next one folds the log anew. */
  evict(): void {
    this.ctx.abort('evicted by the benchmark');
  }
}

export class Department extends ParleyDepartment {
  constructor(context: DurableObjectState, env: Env) {
    ledger.watchStorage(context.storage, 'Department');
    super(context, env);
  }
}

export class Agent extends ParleyAgent {
  constructor(context: DurableObjectState, env: Env) {
    ledger.watchStorage(context.storage, 'Agent');
    super(context, env);
  }
}

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/bench/')) {
      ledger.countWorkerRequest();
      return app.fetch(request, env, context);
    }
    if (pathname === '/bench/constructed') return Response.json(constructed);
    return control.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
