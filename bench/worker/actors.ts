// Parley's objects, watched by the ledger and with the benchmark's handles.

import { Agent as ParleyAgent } from '../../worker/actors/agent/actor.ts';
import { Conversation as ParleyConversation } from '../../worker/actors/conversation/actor.ts';
import { Department as ParleyDepartment } from '../../worker/actors/department/actor.ts';
import { DepartmentStorage } from '../../worker/actors/department/storage.ts';
import { fillLog } from './fill.ts';
import { fillQueue } from './fill-queue.ts';
import { ledger } from '../../worker/testing/ledger.ts';

// Before any object is made: the platform takes down an instance's handlers when it is.
ledger.watchRequests(ParleyConversation, 'Conversation');
ledger.watchRequests(ParleyDepartment, 'Department');
ledger.watchRequests(ParleyAgent, 'Agent');

let constructed = 0;

/** How many conversations this isolate has woken or made. */
export const conversationsMade = (): number => constructed;

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

  /** Ends this instance, and with it its sockets. The next one folds the log again. */
  evict(): void {
    this.ctx.abort('evicted by the benchmark');
  }
}

export class Department extends ParleyDepartment {
  constructor(context: DurableObjectState, env: Env) {
    ledger.watchStorage(context.storage, 'Department');
    super(context, env);
  }

  /** Makes the queue longer, and ends this instance: the next one reads what waits. */
  async fill(count: number, since: number): Promise<void> {
    fillQueue(this.ctx.storage, count, since);
    // What is not on disk yet goes with the instance.
    await this.ctx.storage.sync();
    this.ctx.abort('filled by the benchmark');
  }

  /** How many wait, in sight and beyond. */
  countWaiting(): number {
    return new DepartmentStorage(this.ctx.storage).length();
  }
}

export class Agent extends ParleyAgent {
  constructor(context: DurableObjectState, env: Env) {
    ledger.watchStorage(context.storage, 'Agent');
    super(context, env);
  }
}
