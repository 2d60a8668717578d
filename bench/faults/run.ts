// A whole run: a server, its people, the faults, and the judgement at the end.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { gatherAssets } from '../../scripts/assets.ts';
import { fromRoot } from '../../scripts/paths.ts';
import { Proxy } from '../../tests/support/proxy/proxy.ts';
import { Random } from '../../tests/support/random.ts';
import type { ServerAtRest } from './check/at-rest.ts';
import type { LogEvent } from './check/protocol.ts';
import type { Members } from './check/status.ts';
import type { Fault } from './faults.ts';
import type { ConversationHistory, Histories } from './history.ts';
import { Injector } from './injector.ts';
import { Judge } from './judge.ts';
import { Agent, type AgentAccount } from './people/agent.ts';
import { Stage } from './people/stage.ts';
import { Visitor } from './people/visitor.ts';
import { hire } from './server/accounts.ts';
import { ServerControl } from './server/control.ts';
import { ServerProcess } from './server/process.ts';
import { CONVERSATIONS_PER_AGENT, DEPARTMENTS, GRACE_SECONDS } from './server/settings.ts';
import { Tally } from './tally.ts';

export interface RunOptions {
  /** At least so long, and until each kind of fault has happened and people have done everything they can do. */
  readonly seconds: number;
  readonly seed: number;
  readonly faults: ReadonlySet<Fault>;
  readonly visitors: number;
  readonly agents: number;
  readonly say: (line: string) => void;
  /** Told of each history with its log, when it is judged. */
  readonly onJudged?: (history: ConversationHistory, log: readonly LogEvent[]) => void;
}

export interface Outcome {
  readonly options: RunOptions;
  readonly tally: Tally;
  readonly judge: Judge;
  readonly members: Members;
  readonly reconnects: number;
  readonly faults: Readonly<Record<Fault, number>>;
}

const pause = (ms: number) => new Promise((waited) => setTimeout(waited, ms));

export async function run(options: RunOptions): Promise<Outcome> {
  await mkdir(fromRoot('.parley'), { recursive: true });
  const stateFolder = await mkdtemp(fromRoot('.parley/faults-'));
  const assets = await gatherAssets();
  const server = await ServerProcess.start(stateFolder, assets);
  try {
    const outcome = await runAt(server, options);
    await server.kill();
    await rm(stateFolder, { recursive: true, force: true });
    return outcome;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The run broke off: ${why}. What the server said and stored: ${stateFolder}`, {
      cause: error,
    });
  } finally {
    await server.kill();
    await rm(assets, { recursive: true, force: true });
  }
}

async function runAt(server: ServerProcess, options: RunOptions): Promise<Outcome> {
  const random = new Random(options.seed);
  const { admin, agents: accounts } = await hire(server, options.agents, DEPARTMENTS);
  const agentIds = accounts.map(({ agentId }) => agentId);
  const members = new Map(accounts.map(({ agentId, departments: own }) => [agentId, own]));
  const control = new ServerControl(server.url, admin.cookie);
  const proxy = await Proxy.to(() => server.port);
  const histories: Histories = new Map();
  const judge = new Judge(histories, (id) => control.log(id), members, options.onJudged);
  const tally = new Tally(histories);
  const deserted = (history: ConversationHistory) => {
    setTimeout(() => {
      if (!stage.isClosing) void judge.ended(history, () => stage.present(history.id) === 0);
    }, 2000);
  };
  const stage: Stage = new Stage({
    url: proxy.url,
    random: random.fork(),
    histories,
    departments: DEPARTMENTS,
    colleagues: agentIds,
    conversationsPerAgent: CONVERSATIONS_PER_AGENT,
    restMs: 1000 * (GRACE_SECONDS + 2),
    thinkMs: 60,
    looksEveryMs: 3000,
    secondTabs: options.faults.has('tabs') ? 0.2 : 0,
    deserted,
  });
  const injector = new Injector({
    ...options,
    random: random.fork(),
    proxy,
    server,
    control,
    stage,
    agentIds,
    departments: DEPARTMENTS,
  });
  const agents = accounts.map((account) => new Agent(stage, account));
  const visitors = Array.from({ length: options.visitors }, () => new Visitor(stage).live());
  await injector.start();
  const begun = performance.now();
  while (!isEnough(options, injector, tally, begun)) {
    await Promise.race([injector.broken, pause(everyMs(options))]);
    await control.count().catch(() => undefined); // It may just be killed.
    options.say(tally.line(stage));
  }

  options.say('No more faults; everybody finishes what they have begun …');
  stage.close();
  await injector.stop();
  // The network is back.
  for (const one of [...stage.tabs, ...agents]) one.wake();
  await tally.quiet(stage);
  stage.end();
  await Promise.all(visitors);
  for (const agent of agents) await agent.finished();
  options.say('Reading every log again …');
  await judgeAtRest(judge, () => readAtRest(control, [admin, ...accounts]));
  for (const agent of agents) agent.stop();
  await proxy.close();
  const { reconnects } = stage;
  return { options, tally, judge, members, reconnects, faults: injector.counts };
}

const everyMs = ({ seconds }: RunOptions) => Math.max(1000, Math.min(30_000, seconds * 100));

/** A busy machine gets to fewer things: it goes on until each fault has happened, and each command was accepted. */
function isEnough(
  { seconds, faults }: RunOptions,
  { counts }: Injector,
  tally: Tally,
  begun: number,
): boolean {
  if (performance.now() - begun < seconds * 1000) return false;
  return [...faults].every((fault) => counts[fault] > 0) && tally.missing.length === 0;
}

async function readAtRest(
  control: ServerControl,
  accounts: readonly AgentAccount[],
): Promise<ServerAtRest> {
  const views = await Promise.all(accounts.map(({ cookie }) => control.workspace(cookie)));
  return {
    queues: new Map(
      (views[0]?.departments ?? []).map(({ departmentId, queue }) => [
        departmentId,
        queue.map(({ conversationId }) => conversationId),
      ]),
    ),
    slots: new Map(views.map(({ agent }) => [agent.agentId, agent.slots])),
    index: await control.index(),
  };
}

/** An effect that failed is tried again after a pause that grows, so the server gets time to agree. */
const AGREES_WITHIN_MS = 180_000;

async function judgeAtRest(judge: Judge, read: () => Promise<ServerAtRest>): Promise<void> {
  await judge.logs();
  const until = performance.now() + AGREES_WITHIN_MS;
  while (!judge.agrees(await read()) && performance.now() < until) {
    await pause(500);
    await judge.refresh();
  }
  judge.atRest(await read(), CONVERSATIONS_PER_AGENT);
}
