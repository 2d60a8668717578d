// What one socket may ask of its object. A person never notices; a client that is broken or means harm does.

import { Budget } from './budget.ts';

/** Each is a page that was loaded or came back. A client says hello once over a socket. */
const HELLOS = { atOnce: 3, everyMs: 5_000 };
/** Of whatever kind. */
const FRAMES = { atOnce: 500, everyMs: 10 };
/** That somebody types, or how far they have read. */
const SIGNALS = { atOnce: 10, everyMs: 200 };
/** Commands that the object had to say no to. */
const REFUSALS = { atOnce: 100, everyMs: 3_000 };

export class SocketBudgets {
  readonly hellos = new Budget(HELLOS);
  readonly frames = new Budget(FRAMES);
  readonly signals = new Budget(SIGNALS);
  readonly refusals = new Budget(REFUSALS);
}
