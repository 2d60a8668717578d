// A visitor: writes, waits for answers, reloads, opens second tabs, and comes back with a new conversation.

import * as v from 'valibot';
import { visitorBody, type VisitorIdentity } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import { newAddress } from '../../../tests/support/address.ts';
import type { Clock } from '../../client/clock.ts';
import { BrowserStorage } from '../../client/page.ts';
import type { ConversationHistory } from '../history.ts';
import { fetchUntilAnswered } from './fetch.ts';
import { PATIENCE_MS, type Stage } from './stage.ts';
import type { Computer, Tab } from './tab.ts';

const TURNS = [4, 10] as const;
const RELOADS = 0.05;

export class Visitor {
  readonly #stage: Stage;
  readonly #clock: Clock;
  readonly #storage = new BrowserStorage();
  readonly #address = newAddress();
  #previousId: ConversationId | null = null;
  #identity: VisitorIdentity | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#clock = stage.clock();
  }

  /** One conversation after another, until the stage closes. */
  async live(): Promise<void> {
    const { url, random } = this.#stage.options;
    while (!this.#stage.isClosing) {
      const body = { method: 'POST', headers: this.#address };
      this.#identity ??= v.parse(
        visitorBody,
        await fetchUntilAnswered(`${url}/api/visitors`, body),
      );
      const isOver = await this.#converse(this.#identity);
      // Only so many that go on are one visitor's.
      if (random.chance(0.3) || !isOver) this.#forgetEverything();
    }
  }

  #forgetEverything(): void {
    this.#identity = null;
    this.#previousId = null;
  }

  /** Answers with whether it has ended. */
  async #converse({ visitorId, token }: VisitorIdentity): Promise<boolean> {
    const { random, histories, departments, secondTabs, url } = this.#stage.options;
    const departmentId = random.pick(departments);
    if (!departmentId) return true;
    const id = random.uuid() as ConversationId; // Seeded, so it can't be minted by `newConversationId`.
    const history: ConversationHistory = { id, visitorId, departmentId, commands: [], tabs: [] };
    histories.set(id, history);
    const computer: Computer = {
      person: 'visitor',
      url,
      headers: { origin: url, authorization: `Bearer ${token}`, ...this.#address },
      protocols: [SUBPROTOCOL, `${TOKEN_SUBPROTOCOL_PREFIX}${token}`],
      storage: this.#storage,
      clock: this.#clock,
    };
    const first = this.#stage.enter(computer, history);
    const tabs = [first];
    const previousId = this.#previousId;
    first.write({
      type: 'conversation.open',
      departmentId,
      body: textBody(this.#phrase()),
      previousId,
      page: null,
      locale: null,
    });
    this.#previousId = id;
    if (random.chance(secondTabs)) {
      tabs.push(this.#stage.enter(computer, history));
      this.#stage.secondTabs++;
    }
    await this.#talk(first, tabs);
    await this.#stayToTheEnd(tabs);
    const isOver = first.isClosed;
    for (const tab of tabs) this.#stage.leave(tab);
    return isOver;
  }

  async #talk(first: Tab, tabs: readonly Tab[]): Promise<void> {
    const { random } = this.#stage.options;
    if (random.chance(0.04)) return this.#end(first);
    const isTaken = () => first.store.state.status === 'serving' || first.isClosed;
    await first.until(() => isTaken() || this.#stage.isClosing, PATIENCE_MS);
    const turns = random.between(...TURNS);
    for (let turn = 0; turn < turns && !first.isClosed && !this.#stage.isClosing; turn++) {
      await this.#turn(first, tabs);
      if (random.chance(RELOADS)) first.reload();
    }
    if (random.chance(0.25) && !this.#stage.isClosing) await this.#end(first);
  }

  /** One to three messages, from one tab or the other, then an answer is waited for. */
  async #turn(first: Tab, tabs: readonly Tab[]): Promise<void> {
    const { random, thinkMs } = this.#stage.options;
    for (let said = random.between(1, 3); said > 0; said--) {
      const tab = random.pick(tabs);
      if (!tab || tab.isClosed) continue;
      tab.write({ type: 'message.send', body: textBody(this.#phrase()) });
      tab.store.markSeen();
      // Killed right after Enter: what was written is in the outbox, or it is lost.
      if (random.chance(RELOADS)) tab.reload();
    }
    const answered = () => first.store.events.at(-1)?.by.kind === 'agent' || first.isClosed;
    await first.until(() => answered() || this.#stage.isClosing, thinkMs * 20);
    first.store.markSeen();
    await this.#stage.think();
  }

  async #end(tab: Tab): Promise<void> {
    await tab.ask({ type: 'conversation.end', comment: null }, PATIENCE_MS);
  }

  /** Who has waited long enough ends it; then nothing but a loss explains more waiting. */
  async #stayToTheEnd(tabs: readonly Tab[]): Promise<void> {
    const stage = this.#stage;
    for (const tab of tabs) {
      const isDone = () => tab.isDone || stage.isOver;
      if (!(await tab.until(isDone, PATIENCE_MS)) && !tab.isClosed && !stage.isClosing) {
        void this.#end(tab);
      }
      tab.record.gaveUp = !(await tab.until(isDone, PATIENCE_MS)) && !stage.isClosing;
      if (stage.isClosing) await stage.over;
      await tab.readBack();
    }
  }

  /** A line that nobody else writes, so that what is invented or swapped shows. */
  #phrase(): string {
    return `visitor at ${Date.now()}: ${this.#stage.options.random.uuid()}`;
  }
}
