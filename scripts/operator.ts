// An operator of a running Parley: what could not be delivered, and rebuilding what is derived.

import * as v from 'valibot';
import {
  endQueueAnswer,
  rebuildAnswer,
  refusedBody,
  undeliveredBody,
  type EndQueueAnswer,
  type RebuildAnswer,
} from '#shared/api.ts';
import type { DepartmentId, VisitorId } from '#shared/ids.ts';
import { shortened } from '#shared/text.ts';
import type { RunningServer } from './admin-command.ts';

export class Operator {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async at({ url, email, password, code }: RunningServer): Promise<Operator> {
    const response = await post(url, '/api/session', { email, password });
    const cookie = cookiesOf(response);
    if (response.status === NO_CONTENT) return new Operator(url, cookie);
    if (code === null) throw new Error('Give the --code of your authenticator app as well.');
    const factor = { code, isRecovery: false };
    const second = await post(url, '/api/session/second-factor', factor, { cookie });
    return new Operator(url, cookiesOf(second));
  }

  async undelivered(): Promise<string> {
    const response = await this.get('/api/undelivered');
    const entries = v.parse(v.array(undeliveredBody), await response.json());
    if (entries.length === 0) return 'Everything has been delivered, or is still being tried.';
    return entries
      .map(({ id, problem, givenUpAt, effects }) =>
        [
          id,
          `  ${new Date(givenUpAt).toISOString()}  ${problem}`,
          `  ${shortened(effects, 200)}`,
        ].join('\n'),
      )
      .join('\n');
  }

  async requeue(id: string): Promise<string> {
    await this.post(`/api/undelivered/${encodeURIComponent(id)}/requeue`);
    return `${id} is tried again.`;
  }

  /** @param projection null: everything that is derived */
  async rebuild(projection: string | null, departments: readonly DepartmentId[]): Promise<string> {
    let total = 0;
    for (const departmentId of departments) {
      total += await this.#rebuildDepartment(projection, departmentId);
    }
    const what = projection ?? 'Everything that is derived';
    return `${what} has been rebuilt from the logs of ${total} conversations.`;
  }

  async #rebuildDepartment(projection: string | null, departmentId: DepartmentId): Promise<number> {
    let total = 0;
    let after: RebuildAnswer['next'] = null;
    for (;;) {
      const response = await this.post('/api/rebuild', { projection, departmentId, after });
      const { rebuilt, next }: RebuildAnswer = v.parse(rebuildAnswer, await response.json());
      total += rebuilt;
      if (next === null) return total;
      after = next;
    }
  }

  /** A page at a time, and from the beginning when it is asked again: what has ended is not found any more. */
  async endQueues(
    which: { visitorId: VisitorId | null; openedBefore: number | null },
    departments: readonly DepartmentId[],
  ): Promise<string> {
    let total = 0;
    for (const departmentId of departments) {
      let after: EndQueueAnswer['next'] = null;
      do {
        const response = await this.post('/api/queue/end', { departmentId, ...which, after });
        const { ended, next }: EndQueueAnswer = v.parse(endQueueAnswer, await response.json());
        total += ended;
        after = next;
      } while (after !== null);
    }
    return `Ended: ${total} conversations.`;
  }

  /** Asks as the one who signed in. Throws with the server's sentence when it refuses. */
  get(path: string): Promise<Response> {
    return answered(fetch(new URL(path, this.#url), { headers: { cookie: this.#cookie } }));
  }

  /** The same with a body. */
  post(path: string, body: object = {}): Promise<Response> {
    return post(this.#url, path, body, { cookie: this.#cookie });
  }
}

/** A sign-in that needs nothing more. */
const NO_CONTENT = 204;

const cookiesOf = ({ headers }: Response): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

function post(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return answered(
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { ...headers, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

/** Throws with the server's sentence when it refuses. */
async function answered(response: Promise<Response>): Promise<Response> {
  const answer = await response;
  if (answer.ok) return answer;
  const text = await answer.text();
  const refused = v.safeParse(v.pipe(v.string(), v.parseJson(), refusedBody), text);
  throw new Error(refused.success ? refused.output.sentence : `${answer.url}: ${text}`);
}
