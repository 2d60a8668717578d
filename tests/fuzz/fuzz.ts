// Sends inputs that no client of ours would send to a running Parley, over HTTP and sockets, and says what must
// not have happened: a failure of the server's, a stack trace, no answer, a close code that is not documented.

import fc from 'fast-check';
import { CLOSE_CODES } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import { shortened } from '#shared/text.ts';
import { requestsAt, type FuzzRequest } from './requests.ts';
import { send } from './send.ts';
import { saidAt, STREAMS, type Said, type Stream } from './streams.ts';
import { newWorld, signIn, type World } from './world.ts';

export interface FuzzOptions {
  /** Requests and frames, at least. */
  readonly inputs: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

export interface Fuzzed {
  readonly requests: number;
  readonly frames: number;
  /** How often each came: a status of HTTP, or a close code. */
  readonly answers: ReadonlyMap<number, number>;
  /** What must not happen, with the input. */
  readonly problems: readonly string[];
}

const REQUESTS_OF_A_ROUND = 100;
const FRAMES_OF_A_SOCKET = 25;
const AT_ONCE = 8;
/** Nothing takes so long, on however busy a machine. */
const HANGS_AFTER_MS = 90_000;
const NORMAL = 1000;
const DOCUMENTED: readonly number[] = [NORMAL, ...Object.values(CLOSE_CODES)];
const STACK = /\n\s+at .+:\d+|\.[jt]s:\d+:\d+/;
/** What the runtime itself says to an address that it can't read. */
const UNREADABLE = 'invalid URI';
const REFUSED_FROM = 400;
const NOT_FOUND = 404;
const FAILED_FROM = 500;

export async function fuzz(url: string, { inputs, seed, say }: FuzzOptions): Promise<Fuzzed> {
  const run = new Run(url, await signIn(url));
  for (let round = 0; run.inputs < inputs; round++) {
    await run.round(seed + round);
    if (round % 20 === 19) say?.(`${run.inputs} inputs, ${run.problems.length} problems`);
  }
  // It still serves: a new visitor opens a conversation.
  await newWorld(url, '');
  return run;
}

class Run implements Fuzzed {
  requests = 0;
  frames = 0;
  readonly answers = new Map<number, number>();
  readonly problems: string[] = [];
  readonly #url: string;
  readonly #cookie: string;

  constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  get inputs(): number {
    return this.requests + this.frames;
  }

  async round(seed: number): Promise<void> {
    const world = await newWorld(this.#url, this.#cookie);
    const requests = fc.sample(requestsAt(world), { numRuns: REQUESTS_OF_A_ROUND, seed });
    const work = async () => {
      for (let next = requests.pop(); next; next = requests.pop()) await this.#request(next);
    };
    await Promise.all([
      ...Array.from({ length: AT_ONCE }, work),
      ...STREAMS.map((stream) => this.#pelt(stream, world, seed)),
    ]);
  }

  async #request(input: FuzzRequest): Promise<void> {
    this.requests++;
    try {
      const answer = await send(this.#url, input, HANGS_AFTER_MS);
      if (!answer) return;
      const { status, type, body } = answer;
      this.#count(status);
      if (status >= FAILED_FROM) this.#problem(`answered ${status}`, input);
      if (STACK.test(body) && !type.includes('javascript')) this.#problem('a stack trace', input);
      const isOfApi = new URL(this.#url + input.path).pathname.startsWith('/api/');
      const isRefusal = status >= REFUSED_FROM && isOfApi && body !== UNREADABLE;
      if (isRefusal && input.method !== 'HEAD' && !body.includes('"sentence"')) {
        this.#problem(`${status} without a sentence`, input);
      }
      const isSilent = status === NOT_FOUND && body === '' && input.method !== 'HEAD';
      if (isSilent) this.#problem('404 without a word', input);
    } catch (error) {
      this.#problem(String(error), input);
    }
  }

  /** Says it all over one socket, or as much as the server takes. */
  async #pelt(stream: Stream, world: World, seed: number): Promise<void> {
    const said = fc.sample(saidAt(stream, world), { numRuns: FRAMES_OF_A_SOCKET, seed });
    const wire = await stream.connect(world);
    if (seed % 4 > 0) await wire.hello();
    for (const one of said) wire.sendRaw(one);
    this.frames += said.length;
    // An unmistakable frame behind them: its refusal shows that all before were survived.
    const id = newCommandId();
    const answered = wire.answer(id).then(() => NORMAL);
    answered.catch(() => undefined);
    wire.send({ type: 'command', id, after: 0, command: { type: 'no.such' } });
    const code = await Promise.race([answered, wire.closed]).catch(String);
    wire.close();
    if (typeof code === 'number') this.#count(code);
    if (typeof code === 'string' || !DOCUMENTED.includes(code)) {
      this.#problem(`${stream.name}: ${code}`, said);
    }
    if (wire.frames.some((frame) => STACK.test(JSON.stringify(frame)))) {
      this.#problem(`${stream.name}: a stack trace`, said);
    }
    const defects = wire.frames.filter((frame) =>
      JSON.stringify(frame).includes('"code":"defect"'),
    );
    if (defects.length > 0) this.#problem(`${stream.name}: a defect`, said);
  }

  #count(answer: number): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }

  #problem(what: string, input: FuzzRequest | readonly Said[]): void {
    this.problems.push(`${what}: ${shortened(JSON.stringify(input), 2_000)}`);
  }
}
