// A visitor: writes, waits for answers, reloads, opens second tabs, and comes back with a new conversation.

import { Tab } from '../client/tab.ts';
import { Outbox } from '../client/outbox.ts';
import type { Clock } from '../client/clock.ts';
import type { Stage } from './stage.ts';

/** A line that nobody else writes, so that what is invented or swapped shows. */
export const phrase = (random: { uuid(): string }, who: string, clock: Clock): string =>
  `${who} at ${clock.now()}: ${random.uuid()}`;

const TURNS = [4, 10] as const;

export class Visitor {
  readonly stage: Stage;
  readonly #clock: Clock;
  #previousId: string | null = null;
  #identity: { visitorId: string; token: string } | null = null;

  constructor(stage: Stage) {
    this.stage = stage;
    this.#clock = stage.clock();
  }

  /** One conversation after another, until the desk closes. */
  async live(): Promise<void> {
    while (!this.stage.isClosing) {
      this.#identity ??= await this.stage.options.newVisitor();
      await this.#converse(this.#identity);
      if (this.stage.options.random.chance(0.3)) this.#startAnew();
    }
  }

  #startAnew(): void {
    this.#identity = null;
    this.#previousId = null;
  }

  async #converse({ visitorId, token }: { visitorId: string; token: string }): Promise<void> {
    const { random, book, departments, secondTabs } = this.stage.options;
    const departmentId = random.pick(departments) ?? '';
    const history = book.open(random.uuid(), visitorId, departmentId);
    const outbox = new Outbox();
    const open = () =>
      this.stage.enter(
        new Tab({
          ...this.stage.common(this.#clock),
          path: `/ws/conversations/${history.id}`,
          who: { token },
          history,
          person: 'visitor',
          outbox,
        }),
      );
    const tabs = [open()];
    const text = this.#phrase();
    const previousId = this.#previousId;
    tabs[0]?.give({
      type: 'conversation.open',
      departmentId,
      body: { text, files: [] },
      previousId,
      page: null,
      locale: null,
    });
    this.#previousId = history.id;
    if (random.chance(secondTabs)) {
      tabs.push(open());
      this.stage.secondTabs++;
    }
    await this.#talk(tabs);
    await this.#stayToTheEnd(tabs);
    for (const tab of tabs) this.stage.leave(tab);
  }

  async #talk(tabs: readonly Tab[]): Promise<void> {
    const [first] = tabs;
    if (!first) return;
    const { random } = this.stage.options;
    if (random.chance(0.04)) return void first.give({ type: 'conversation.end', comment: null });
    const isTaken = () => first.state.status === 'serving' || first.isClosed;
    await first.until(() => isTaken() || this.stage.isClosing, this.stage.patienceMs);
    const turns = random.between(...TURNS);
    for (let turn = 0; turn < turns && !first.isClosed && !this.stage.isClosing; turn++) {
      await this.#turn(tabs);
      if (random.chance(0.03)) first.reload();
    }
    if (random.chance(0.25) && !this.stage.isClosing) {
      first.give({ type: 'conversation.end', comment: null });
    }
  }

  /** One to three messages, from whichever tab, then an answer is waited for. */
  async #turn(tabs: readonly Tab[]): Promise<void> {
    const { random, thinkMs } = this.stage.options;
    for (let said = random.between(1, 3); said > 0; said--) {
      const tab = random.pick(tabs);
      if (tab && !tab.isClosed)
        tab.give({ type: 'message.send', body: { text: this.#phrase(), files: [] } });
    }
    const [first] = tabs;
    const answered = () => first?.record.thread.at(-1)?.by.kind === 'agent' || !!first?.isClosed;
    await first?.until(() => answered() || this.stage.isClosing, thinkMs * 20);
    await this.stage.think();
  }

  /** Whoever has waited long enough ends it himself; then nothing but a loss explains more waiting. */
  async #stayToTheEnd(tabs: readonly Tab[]): Promise<void> {
    const { stage } = this;
    for (const tab of tabs) {
      const isDone = () => tab.isDone || stage.isOver;
      if (!(await tab.until(isDone, stage.patienceMs)) && !tab.isClosed && !stage.isClosing) {
        tab.give({ type: 'conversation.end', comment: null });
      }
      tab.record.gaveUp = !(await tab.until(isDone, stage.patienceMs)) && !stage.isClosing;
      if (stage.isClosing) await stage.over;
    }
  }

  #phrase(): string {
    return phrase(this.stage.options.random, 'visitor', this.#clock);
  }
}
