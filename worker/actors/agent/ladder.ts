// The way up of what an agent does not see: a tab has it, then their devices are told, then what the settings say. What
// is seen meanwhile goes no further. Each step may happen twice, and counts once.

import type { Alert } from '#shared/alerts/alert.ts';
import { isTold, type AlertPreferences } from '#shared/alerts/preferences.ts';
import { SYSTEM } from '#shared/identity.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { alertMessage } from '#messages/alert-text.ts';
import { tellDevices } from '../../io/push/tell.ts';
import { settingsOf } from '../../io/settings.ts';
import { retryDelayMs } from '../parts/outbox.ts';
import { AlertTable, type AlertRow, type Unseen } from './alert-table.ts';

/** A page that is loaded again has its tab back by then, and a queue that is drained at once calls nobody. */
const WITHOUT_TAB_MS = 5_000;
const MOST_TRIES = 5;
/** Those that are the agent's own to answer. */
const OF_THE_AGENT = ['assigned', 'invited', 'message', 'sla'];

interface Deps {
  readonly id: AgentId;
  readonly sql: SqlStorage;
  readonly env: Pick<Env, 'CONVERSATION' | 'DIRECTORY' | 'PUSH_SECRET' | 'settings'>;
  readonly now: () => number;
  readonly hasTab: () => boolean;
  /** Whether the agent is to be called at all. */
  readonly isCalled: () => boolean;
  readonly departments: () => readonly DepartmentId[];
  readonly preferences: () => AlertPreferences;
  /** Nothing of the agent's takes pushes any more. */
  readonly onNoDevices: () => void;
}

export class Ladder {
  readonly #deps: Deps;
  readonly #table: AlertTable;
  /** What tabs have shown, by what it is about. Forgotten by an eviction: then devices are told once too often. */
  readonly #seen = new Map<string, number>();
  readonly #underWay = new Set<string>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#table = new AlertTable(deps.sql);
  }

  /** Returns false for what is known, or seen. @param body null: its conversation says it when it is due */
  raise(unseen: Unseen, departmentId: DepartmentId | null, body: Alert | null = null): boolean {
    const { now, isCalled, hasTab } = this.#deps;
    if (!isCalled() || (this.#seen.get(unseen.about) ?? -1) >= unseen.seq) return false;
    if (unseen.reason === 'queued' && this.#table.hasCalledToQueue(now())) return false;
    const withTabMs = this.#policy(departmentId).push_after_seconds * 1000;
    const waitMs = hasTab() ? withTabMs : Math.min(withTabMs, WITHOUT_TAB_MS);
    return this.#table.put(unseen, body, { now: now(), due: now() + waitMs });
  }

  /** What it says has changed. */
  reword(alert: Alert): void {
    this.#table.reword(alert, alert);
  }

  /** A tab shows it. */
  seen(about: string, seq: number): void {
    this.#seen.delete(about);
    this.#seen.set(about, seq);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > 200 && oldest !== undefined) this.#seen.delete(oldest);
    this.#table.removeSeen(about, seq);
  }

  nextAt(): number | null {
    return this.#table.nextAt();
  }

  /** Takes what is due one step further. */
  async climb(): Promise<void> {
    const due = this.#table.due(this.#deps.now()).filter((row) => !this.#underWay.has(nameOf(row)));
    await Promise.all(due.map((row) => this.#step(row)));
  }

  async #step(row: AlertRow): Promise<void> {
    this.#underWay.add(nameOf(row));
    try {
      const alert = this.#deps.isCalled() ? await this.#look(row) : null;
      if (!alert) this.#table.remove(row);
      else if (row.rung === 'push') await this.#tellOthers(row, alert);
      else await this.#push(row, alert);
    } catch (error) {
      console.error('alert: will be retried', row.about, String(error));
      this.#retry(row);
    } finally {
      this.#underWay.delete(nameOf(row));
    }
  }

  /** What there is to tell now; null when it was seen, or is somebody else's by now. */
  async #look({ about, reason, body }: AlertRow): Promise<Alert | null> {
    const { id, env, departments } = this.#deps;
    if (body) return body;
    const conversation = env.CONVERSATION.getByName(about);
    const alert = await conversation.alertFor(id, reason);
    const isTheirs = OF_THE_AGENT.includes(alert?.reason ?? '');
    const isOurs = alert?.departmentId && departments().includes(alert.departmentId);
    return isTheirs || isOurs ? alert : null;
  }

  async #push(row: AlertRow, alert: Alert): Promise<void> {
    const { id, env, now, preferences, onNoDevices } = this.#deps;
    if (isTold(preferences(), alert.reason, 'push', now())) {
      const named = (departmentId: DepartmentId) =>
        settingsOf(env).departments.find((one) => one.id === departmentId)?.name ?? departmentId;
      const told = await tellDevices(env, id, alertMessage(alert, named), now());
      if (told.isToRetry && row.tries < MOST_TRIES) return this.#retry(row);
      if (told.devices === 0) onNoDevices();
    }
    const { then, then_after_seconds: seconds } = this.#policy(alert.departmentId);
    const isLast = then === 'none' || !OF_THE_AGENT.includes(alert.reason);
    if (isLast) this.#table.move(row, 'done', null);
    else this.#table.move(row, 'push', now() + seconds * 1000);
  }

  /** The conversation tells others, and notes that it did. */
  async #tellOthers(row: AlertRow, { seq }: Alert): Promise<void> {
    const { id: agentId, env } = this.#deps;
    const conversation = env.CONVERSATION.getByName(row.about);
    await conversation.perform(SYSTEM, { type: 'alert.escalate', agentId, seq }, row.commandId, 0);
    this.#table.move(row, 'done', null);
  }

  #retry(row: AlertRow): void {
    const isGivenUp = row.tries >= MOST_TRIES;
    if (isGivenUp) this.#table.move(row, 'done', null);
    else this.#table.retry(row, this.#deps.now() + retryDelayMs(row.tries + 3));
  }

  #policy(departmentId: DepartmentId | null) {
    const settings = settingsOf(this.#deps.env);
    return departmentId === null ? settings.alerts : policyOf(settings, departmentId).alerts;
  }
}

const nameOf = ({ about, track }: AlertRow): string => `${about} ${track}`;
