// How much the people of a conversation may give it. Only in memory: a conversation that is idle for long enough
// that its object sleeps has not been asked for much.

import { isVisitor } from '#shared/conversation/access.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { ConnectedPrincipal } from '#shared/identity.ts';
import { BUSY_SECONDS } from '#shared/frames.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { Budget } from '../parts/budget.ts';

const MINUTE_MS = 60_000;
/** Of a minute's worth, what may come at once. */
const AT_ONCE = 1 / 6;
/** What a visitor may write in any hour, in minutes' worth: nobody goes on for long at the pace of a minute. */
const MINUTES_IN_AN_HOUR = 10;

/** After a no it stays closed for a while, so that what was refused comes again before what was written later. */
class Gate {
  readonly #budgets: readonly Budget[];
  #opensAt = 0;

  constructor(budgets: readonly Budget[]) {
    this.#budgets = budgets;
  }

  /** Null when it may pass, else how many seconds to wait. */
  secondsToWait(now: number): number | null {
    if (now < this.#opensAt) return Math.ceil((this.#opensAt - now) / 1000);
    if (this.#budgets.every((budget) => budget.spend(now))) return null;
    this.#opensAt = now + BUSY_SECONDS * 1000;
    return BUSY_SECONDS;
  }
}

type Limits = Pick<Settings['limits'], 'visitor_messages_per_minute' | 'agent_commands_per_minute'>;

export class Allowance {
  readonly #visitor: Gate;
  readonly #agents: Gate;

  constructor({
    visitor_messages_per_minute: messages,
    agent_commands_per_minute: commands,
  }: Limits) {
    // Half of it at once, the other half spread over the hour.
    const half = (messages * MINUTES_IN_AN_HOUR) / 2;
    this.#visitor = new Gate([
      new Budget({ atOnce: Math.max(1, messages * AT_ONCE), everyMs: MINUTE_MS / messages }),
      new Budget({ atOnce: half, everyMs: (60 * MINUTE_MS) / half }),
    ]);
    const pace = { atOnce: Math.max(1, commands * AT_ONCE), everyMs: MINUTE_MS / commands };
    this.#agents = new Gate([new Budget(pace)]);
  }

  /** Null when the command may be looked at, else how many seconds to wait. */
  secondsToWait(by: ConnectedPrincipal, command: ConversationCommand, now: number): number | null {
    if (!isVisitor(by)) return this.#agents.secondsToWait(now);
    // Whatever else a visitor does, at most ends a conversation.
    return 'body' in command ? this.#visitor.secondsToWait(now) : null;
  }
}
