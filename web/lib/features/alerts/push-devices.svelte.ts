// The agent's devices that are told when no tab is open, and whether this one is among them.

import * as v from 'valibot';
import {
  pushBody,
  pushTestBody,
  type Push,
  type PushDevice,
  type PushOutcome,
} from '#shared/alerts/push.ts';
import { accept, type Outcome, type Refusal } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import { canPush, ownDevice, subscribe, unsubscribe, type PushProblem } from './push.ts';

const ROOT = '/api/push';

/** Throws without a connection. */
export class PushDevices {
  readonly #agentId: string;
  readonly #name: () => string;
  #push: Push;
  #own = $state.raw<PushDevice | null>(null);

  /** @param initial as the server rendered it @param name of this device */
  constructor(initial: Push, agentId: string, name: () => string) {
    this.#push = $state.raw(initial);
    this.#agentId = agentId;
    this.#name = name;
  }

  get all(): readonly PushDevice[] {
    return this.#push.devices;
  }

  /** This device; null: it is not told. */
  get own(): PushDevice | null {
    return this.#own;
  }

  /** Only in a browser: finds this device among them. */
  async find(): Promise<void> {
    this.#own = canPush() ? await ownDevice(this.all) : null;
  }

  async add(): Promise<PushProblem | Refusal | null> {
    const subscribed = await subscribe(this.#push, this.#agentId, this.#name());
    if (typeof subscribed === 'string') return subscribed;
    const put = await ask('/subscription', { method: 'PUT', ...json(subscribed) });
    if (!put.ok) return put.refusal;
    await this.#load();
    return null;
  }

  async remove({ id }: PushDevice): Promise<Refusal | null> {
    const removed = await ask(`/devices/${id}`, { method: 'DELETE' });
    if (!removed.ok && removed.refusal.code !== 'push.unknown-device') return removed.refusal;
    if (this.#own?.id === id) await unsubscribe();
    await this.#load();
    return null;
  }

  async test({ id }: PushDevice): Promise<PushOutcome> {
    const tried = await ask(`/devices/${id}/test`, { method: 'POST' });
    if (!tried.ok) return tried.refusal.code === 'push.unknown-device' ? 'gone' : 'failed';
    return v.parse(pushTestBody, await tried.value.json()).outcome;
  }

  async #load(): Promise<void> {
    const loaded = await ask('', {});
    if (loaded.ok) this.#push = v.parse(pushBody, await loaded.value.json());
    await this.find();
  }
}

export const putSubscription = (body: object): Promise<Outcome<Response>> =>
  ask('/subscription', { method: 'PUT', ...json(body) });

const ask = async (path: string, init: RequestInit): Promise<Outcome<Response>> => {
  const outcome = await outcomeOf(await fetch(`${ROOT}${path}`, init));
  return outcome.ok ? accept(outcome.value) : outcome;
};

const json = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
