// An operator at a running desk: what could not be delivered, and rebuilding what is derived.

import * as v from 'valibot';
import { rebuildAnswer, undeliveredBody } from '#shared/api.ts';
import type { DepartmentId } from '#shared/ids.ts';
import type { RunningDesk } from './admin-command.ts';
import { DeskClient } from '../tests/support/desk-client.ts';

export class Operator {
  readonly #desk: DeskClient;
  readonly #cookie: string;

  private constructor(desk: DeskClient, cookie: string) {
    this.#desk = desk;
    this.#cookie = cookie;
  }

  static async at({ url, email, password }: RunningDesk): Promise<Operator> {
    const desk = new DeskClient(url);
    return new Operator(desk, await desk.signIn(email, password));
  }

  async undelivered(): Promise<string> {
    const response = await this.#ask('/api/undelivered', 'GET');
    const entries = v.parse(v.array(undeliveredBody), await response.json());
    if (entries.length === 0) return 'Everything has been delivered, or is still being tried.';
    return entries
      .map(({ id, problem, givenUpAt, effects }) =>
        [
          id,
          `  ${new Date(givenUpAt).toISOString()}  ${problem}`,
          `  ${effects.slice(0, 200)}`,
        ].join('\n'),
      )
      .join('\n');
  }

  async requeue(id: string): Promise<string> {
    await this.#ask(`/api/undelivered/${encodeURIComponent(id)}/requeue`, 'POST');
    return `${id} is tried again.`;
  }

  async rebuild(departments: readonly DepartmentId[]): Promise<string> {
    let total = 0;
    for (const departmentId of departments) total += await this.#rebuildDepartment(departmentId);
    return `The index of ${total} conversations has been rebuilt from their logs.`;
  }

  async #rebuildDepartment(departmentId: DepartmentId): Promise<number> {
    let total = 0;
    let after = '';
    for (;;) {
      const response = await this.#ask('/api/rebuild', 'POST', { departmentId, after });
      const { rebuilt, last } = v.parse(rebuildAnswer, await response.json());
      total += rebuilt;
      if (last === null) return total;
      after = last;
    }
  }

  #ask(path: string, method: string, body?: object): Promise<Response> {
    return this.#desk.request(path, {
      method,
      headers: { cookie: this.#cookie, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
