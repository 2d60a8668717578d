// The one way in which a conversation changes: a command is judged, and what follows from it is stored, in one
// step in which nothing else can happen. What a decision must ask others is asked before.

import { isVisitor } from '#shared/conversation/access.ts';
import { isSystemCommand, type Command } from '#shared/conversation/commands.ts';
import { decide, type Decision } from '#shared/conversation/decide.ts';
import { decideSystem } from '#shared/conversation/decide-system.ts';
import {
  requirementsOf,
  type DecisionContext,
  type Requirements,
} from '#shared/conversation/decision-context.ts';
import type { ConversationEvent, NewEvent } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import { authorOf, type Principal } from '#shared/identity.ts';
import type { CommandId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import type { Settings } from '#shared/settings/schema.ts';
import type { Performed } from '../parts/event-log.ts';
import { namedMessage } from '../parts/named-message.ts';
import { effectsOf, isLifecycleChange, type ConversationEffect } from './effects.ts';
import type { Ceiling } from './ceiling.ts';
import type { ConversationLog } from './log.ts';

/** A command and who gives it. */
export interface Request {
  readonly by: Principal;
  readonly command: Command;
  /** Minted by who gives it; a retry carries the same one. */
  readonly id: CommandId;
  /** The last `seq` that they had. */
  readonly after: number;
}

export type Answers = Pick<DecisionContext, 'slot' | 'admission'>;
export type ConversationPerformed = Performed<ConversationState, ConversationEvent>;
export type Verdict = Outcome<ConversationPerformed>;

interface Ports {
  readonly log: ConversationLog;
  readonly ceiling: Pick<Ceiling, 'isReached'>;
  /** Runs inside the transaction that stores the events. */
  readonly post: (effects: readonly ConversationEffect[]) => undefined;
  readonly settings: () => Settings;
  readonly now: () => number;
}

export class ConversationAggregate {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /**
   * What a command must ask others before it can be performed; null when it asks nobody. No one is asked in vain:
   * their answer matters only if the best one would lead to something.
   */
  requirementsOf({ by, command, id, after }: Request): Requirements | null {
    const requirements = requirementsOf(this.#ports.log.state, command, by);
    if (!requirements.slot && !requirements.admission) return null;
    if (this.#ports.log.answerTo(id, after) !== null) return null;
    const hoped = this.#decide({ by, command, id, after }, requirements.optimistic);
    return hoped.ok && hoped.value.length > 0 ? requirements : null;
  }

  /**
   * Judges a command and stores what follows. One that was given before has the answer that it had then.
   * @param answers of those whom {@link requirementsOf} names
   */
  perform(request: Request, answers: Answers | null): Verdict {
    const { log, ceiling } = this.#ports;
    const { by, command, id, after } = request;
    const stored = log.answerTo(id, after);
    if (stored !== null) return accept({ seq: stored, events: [], before: log.state });
    if (command.type === 'message.send' && isVisitor(by) && ceiling.isReached) {
      return refuse('conversation.full');
    }
    const found = answers ?? requirementsOf(log.state, command, by).optimistic;
    const decision = this.#decide(request, found);
    if (!decision.ok) return decision;
    return accept(this.#commit(decision.value, by, id));
  }

  #decide({ by, command, after }: Request, answers: Answers): Decision {
    const { log, settings, now } = this.#ports;
    if (isSystemCommand(command)) {
      return decideSystem(log.state, command, { settings: settings(), now: now(), ...answers });
    }
    const rules = rulesOf(settings());
    const message = namedMessage(command, log);
    return decide(log.state, command, { by, after, rules, message, now: now(), ...answers });
  }

  #commit(decided: readonly NewEvent[], by: Principal, id: CommandId): ConversationPerformed {
    const { log, post, now } = this.#ports;
    const envelope = { at: now(), id, by: authorOf(by) };
    return log.commit(decided, envelope, (events, before, after) => {
      if (after.status === 'new') throw new Error('nothing happens before a conversation opens');
      const effects = effectsOf(events, before, after);
      return {
        saves: isLifecycleChange(before, after),
        also: effects.length > 0 ? () => post(effects) : null,
      };
    });
  }
}
