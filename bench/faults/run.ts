// A whole run: a desk, its people, the faults, and the judgement at the end.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fromRoot } from '../../scripts/paths.ts';
import { gatherAssets } from '../../scripts/serve.ts';
import { Book } from './book.ts';
import type { DeskAtRest } from './check/desk.ts';
import { PROTOCOL_PATIENCE, type Patience } from './client/clock.ts';
import { dialAt } from './client/link.ts';
import { DeskControl } from './desk/control.ts';
import { hire, newVisitor } from './desk/people.ts';
import { DeskProcess } from './desk/process.ts';
import { CHATS_PER_AGENT, DEPARTMENTS, GRACE_SECONDS } from './desk/settings.ts';
import type { Fault } from './faults.ts';
import type { ConversationHistory } from './history.ts';
import { Injector } from './injector.ts';
import { Judge } from './judge.ts';
import { Agent, type AgentAccount } from './people/agent.ts';
import { Stage } from './people/stage.ts';
import { Visitor } from './people/visitor.ts';
import { Proxy } from './proxy/proxy.ts';
import { Random } from '../../tests/support/random.ts';
import { Tally } from './tally.ts';

export interface RunOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly faults: ReadonlySet<Fault>;
  /** A busy machine gets to fewer: the run goes on until each of these has been injected. */
  readonly sure?: readonly Fault[];
  readonly visitors: number;
  readonly agents: number;
  readonly say: (line: string) => void;
}

export interface Outcome {
  readonly options: RunOptions;
  readonly tally: Tally;
  readonly judge: Judge;
  readonly reconnects: number;
  readonly faults: Readonly<Record<Fault, number>>;
}

/** Short runs cannot wait as long as the protocol's clients do. */
function patienceFor(seconds: number): Patience {
  const share = Math.min(1, seconds / 600);
  const { pingEveryMs, pongMs, backoffFirstMs, backoffMostMs } = PROTOCOL_PATIENCE;
  return {
    pingEveryMs: Math.max(2000, pingEveryMs * share),
    pongMs: Math.max(1500, pongMs * share),
    backoffFirstMs: Math.max(500, backoffFirstMs * share),
    backoffMostMs: Math.max(2000, backoffMostMs * share),
  };
}

const pause = (ms: number) => new Promise((waited) => setTimeout(waited, ms));

export async function run(options: RunOptions): Promise<Outcome> {
  await mkdir(fromRoot('.parley'), { recursive: true });
  const stateFolder = await mkdtemp(fromRoot('.parley/faults-'));
  const assets = await gatherAssets();
  const desk = await DeskProcess.start(stateFolder, assets);
  try {
    const outcome = await runAt(desk, options);
    await desk.kill();
    await rm(stateFolder, { recursive: true, force: true });
    return outcome;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The run broke off: ${why}. What the desk said and stored: ${stateFolder}`, {
      cause: error,
    });
  } finally {
    await desk.kill();
    await rm(assets, { recursive: true, force: true });
  }
}

async function runAt(desk: DeskProcess, options: RunOptions): Promise<Outcome> {
  const random = new Random(options.seed);
  const departments = DEPARTMENTS;
  const { admin, agents: accounts } = await hire(desk, options.agents, departments);
  const members = new Map(accounts.map(({ agentId, departments: own }) => [agentId, own]));
  const control = new DeskControl(desk.url, admin.cookie);
  const proxy = await Proxy.to(() => desk.port, random.fork());
  const book = new Book();
  const judge = new Judge(book, (id) => control.log(id), members);
  const tally = new Tally(book);
  const deserted = (history: ConversationHistory) => {
    setTimeout(() => {
      if (!stage.isClosing) void judge.ended(history, () => stage.present(history.id) === 0);
    }, 2000);
  };
  const stage: Stage = new Stage({
    dial: dialAt(proxy.url),
    patience: patienceFor(options.seconds),
    random: random.fork(),
    book,
    departments,
    colleagues: accounts.map(({ agentId }) => agentId),
    chatsPerAgent: CHATS_PER_AGENT,
    restMs: 1000 * (GRACE_SECONDS + 2),
    thinkMs: 60,
    looksEveryMs: 3000,
    secondTabs: options.faults.has('tabs') ? 0.2 : 0,
    deserted,
    newVisitor: () => newVisitor(proxy.url),
  });
  const injector = new Injector({
    ...options,
    random: random.fork(),
    proxy,
    desk,
    control,
    stage,
    agentIds: accounts.map(({ agentId }) => agentId),
    departments,
  });
  const agents = accounts.map((account) => new Agent(stage, account));
  const visitors = Array.from({ length: options.visitors }, () => new Visitor(stage).live());
  await injector.start();
  await Promise.race([injector.broken, progress(options, injector, () => tally.line(stage))]);

  options.say('No more faults; everybody finishes what he has begun …');
  stage.close();
  await injector.stop();
  await tally.quiet(stage, stage.patienceMs);
  stage.end();
  await Promise.all(visitors);
  for (const agent of agents) await agent.left();
  options.say('Reading every log again …');
  await atRest(judge, () => deskAtRest(control, [admin, ...accounts]), CHATS_PER_AGENT);
  for (const agent of agents) agent.stop();
  await proxy.close();
  const reconnects = stage.reconnects;
  const faults = {
    ...injector.counts,
    ...sum(injector.counts, control.counts),
    tabs: stage.secondTabs,
  };
  return {
    options,
    tally,
    judge,
    reconnects,
    faults,
  };
}

const sum = (own: Record<Fault, number>, inside: { d1: number; alarm: number }) => ({
  d1: own.d1 + inside.d1,
  alarm: own.alarm + inside.alarm,
});

/** How much longer it goes on for the sake of what must be injected. */
const LONGER_MOST_S = 60;

async function progress(
  { seconds, say, sure = [] }: RunOptions,
  { counts }: Injector,
  line: () => string,
): Promise<void> {
  const endAt = performance.now() + seconds * 1000;
  const everyMs = Math.max(2000, Math.min(30_000, seconds * 100));
  for (let left = endAt - performance.now(); left > 0; left = endAt - performance.now()) {
    await pause(Math.min(everyMs, left));
    say(line());
  }
  const isMissing = (fault: Fault) => counts[fault] === 0;
  for (let left = LONGER_MOST_S; left > 0 && sure.some(isMissing); left -= 1) await pause(1000);
}

async function deskAtRest(
  control: DeskControl,
  accounts: readonly AgentAccount[],
): Promise<DeskAtRest> {
  const views = await Promise.all(accounts.map(({ cookie }) => control.workspace(cookie)));
  return {
    queues: new Map(
      (views[0]?.departments ?? []).map(({ departmentId, queue }) => [
        departmentId,
        queue.map(({ conversationId }) => conversationId),
      ]),
    ),
    places: new Map(views.map(({ agent }) => [agent.agentId, agent.slots])),
    index: await control.index(),
  };
}

/** An effect that failed is tried again after a pause that grows, so the desk gets time to agree. */
const AGREES_WITHIN_MS = 60_000;

async function atRest(
  judge: Judge,
  read: () => Promise<DeskAtRest>,
  chatsPerAgent: number,
): Promise<void> {
  await judge.logs();
  const until = performance.now() + AGREES_WITHIN_MS;
  while (!judge.agrees(await read()) && performance.now() < until) {
    await pause(500);
    await judge.refresh();
  }
  judge.desk(await read(), chatsPerAgent);
}
