// A small world of real actors that a random hand plays with: its people, its conversations, its clock.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { Availability } from '#shared/department.ts';
import type { AgentPrincipal, ConnectedPrincipal, VisitorPrincipal } from '#shared/identity.ts';
import { newConversationId, type ConversationId, type DepartmentId } from '#shared/ids.ts';
import type { Random } from '../../tests/support/random.ts';
import { eventually } from '../testing/eventually.ts';
import { departmentOf } from '../testing/departments.ts';
import {
  anAgent,
  atOwnStream,
  aVisitor,
  codeOf,
  conversationOf,
  agentActorOf,
  knock,
  SALES,
} from '../testing/people.ts';

export const DEPARTMENTS: readonly DepartmentId[] = [
  SALES,
  departmentOf('balanced'),
  departmentOf('rotating'),
  departmentOf('narrow'),
  departmentOf('timed'),
];

/** Sees everything, and does nothing. */
export const WATCHER = anAgent('Watcher', { role: 'monitor', departments: [] });

export interface Player {
  readonly by: AgentPrincipal;
  readonly limit: number;
  availability: Availability;
  isOnline: boolean;
  /** Whether they could be given a conversation before the step that is being done. */
  wasThere: boolean;
}

export interface Talk {
  readonly id: ConversationId;
  readonly visitor: VisitorPrincipal;
  /** The whole log, as far as it was read. */
  log: ConversationEvent[];
  state: OpenedConversation;
}

/** A command as it goes over the wire. */
export type Said = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Long enough for an answer on a busy machine; an actor that is dropped meanwhile gives none. */
const ANSWER_WITHIN_MS = 2000;
const EVICTED_WITHIN_MS = 100;

export class World {
  readonly random: Random;
  readonly players: Player[];
  /** Those that have not ended, or whose end has not been checked yet. */
  talks: Talk[] = [];
  /** What was done lately, to find the cause of a failure. */
  readonly diary: string[] = [];
  /** What commands came to, over the whole run. */
  readonly outcomes = new Map<string, number>();
  #clock = Date.now();

  constructor(random: Random) {
    this.random = random;
    this.players = ['Noor', 'Mara', 'Omar', 'Kim', 'Max'].map((name) => {
      const departments = DEPARTMENTS.filter(() => random.chance(0.6));
      const role = name === 'Max' ? 'manager' : 'agent';
      const limit = random.between(1, 3);
      const by = anAgent(name, { role, departments, maxConversations: limit });
      return { by, limit, availability: 'away', isOnline: false, wasThere: false };
    });
  }

  get now(): number {
    return this.#clock;
  }

  /** Time goes on; nothing rings. */
  advance(seconds: number): void {
    this.#clock += seconds * 1000;
    vi.setSystemTime(this.#clock);
  }

  /** Every alarm that is due rings; some ring twice. */
  async ring(): Promise<void> {
    const stubs = [
      ...this.talks.map(({ id }) => conversationOf(id)),
      ...this.players.map(({ by }) => agentActorOf(by)),
      ...DEPARTMENTS.map((id) => env.DEPARTMENT.getByName(id)),
    ];
    for (const stub of stubs) await runDurableObjectAlarm(stub);
  }

  async open(departmentId: DepartmentId): Promise<void> {
    // Some visitors have more than one conversation.
    const known = this.random.chance(0.3) ? this.anyTalk()?.visitor : undefined;
    const [id, visitor] = [newConversationId(), known ?? aVisitor()];
    const command = {
      type: 'conversation.open',
      departmentId,
      body: textBody('Hello?'),
      previousId: null,
      page: null,
      locale: null,
      agentId: this.random.chance(0.2) ? this.anyPlayer().by.agentId : null,
    };
    await this.command(visitor, id, command);
    const talk = await this.read({ id, visitor, log: [] });
    if (talk) this.talks.push(talk);
  }

  /** What a command came to: `accepted`, a refusal's code, or that nobody answered. */
  async command(by: ConnectedPrincipal, id: ConversationId, command: Said): Promise<string> {
    const wire = await knock(id, by);
    const outcome = await Promise.race([
      wire
        .hello()
        .then(() => wire.command(command))
        .then((answer) => (answer.type === 'accepted' ? answer.type : String(codeOf(answer)))),
      wire.closed.then(String),
      new Promise<string>((give) => setTimeout(() => give('unanswered'), ANSWER_WITHIN_MS)),
    ]).catch(String);
    wire.close();
    const kind = `${command.type} ${outcome}`;
    this.outcomes.set(kind, (this.outcomes.get(kind) ?? 0) + 1);
    this.note(`${by.kind === 'agent' ? by.name : 'visitor'} ${id.slice(0, 4)} ${kind}`);
    return outcome;
  }

  /** The tab that a player works in; a new one, for a long time may have passed. */
  async sit(player: Player, availability = player.availability): Promise<void> {
    await atOwnStream(player.by, availability);
    player.isOnline = true;
    player.availability = availability;
  }

  /** Their tabs are gone, and the grace period is over. */
  async leave(player: Player): Promise<void> {
    const own = agentActorOf(player.by);
    await own.signOut();
    // The closing of their tabs is on its way.
    await eventually(async () => {
      this.advance(31);
      await runDurableObjectAlarm(own);
      const isOnline = await runInDurableObject(own, (_instance, { storage }) =>
        storage.sql.exec(`SELECT 1 FROM presence WHERE body ->> 'online'`).toArray(),
      );
      if (isOnline.length > 0) throw new Error('they are still there');
    });
    player.isOnline = false;
    player.availability = 'away';
  }

  async evict(): Promise<void> {
    const talk = this.anyTalk();
    const stubs = [
      ...(talk ? [conversationOf(talk.id)] : []),
      agentActorOf(this.anyPlayer().by),
      env.DEPARTMENT.getByName(this.anyDepartment()),
    ];
    const stub = this.random.pick(stubs);
    if (!stub) return;
    // One that somebody still refers to goes later, or stays; nobody waits for it.
    const gone = evictDurableObject(stub).catch(() => this.note('an actor was busy and stayed'));
    await Promise.race([gone, new Promise((give) => setTimeout(give, EVICTED_WITHIN_MS))]);
  }

  /** Reads what has happened in a conversation since it was last read. */
  async read(talk: Pick<Talk, 'id' | 'visitor' | 'log'>): Promise<Talk | null> {
    const outcome = await conversationOf(talk.id).snapshot(WATCHER);
    if (!outcome.ok || outcome.value.state.status === 'new') return null;
    const { events, state } = outcome.value;
    const known = talk.log.at(-1)?.seq ?? 0;
    return { ...talk, log: [...talk.log, ...events.filter(({ seq }) => seq > known)], state };
  }

  note(what: string): void {
    this.diary.push(what);
    if (this.diary.length > 40) this.diary.shift();
  }

  anyTalk(): Talk | undefined {
    return this.random.pick(this.talks);
  }

  anyPlayer(): Player {
    return this.#pick(this.players);
  }

  anyDepartment(): DepartmentId {
    return this.#pick(DEPARTMENTS);
  }

  #pick<T>(all: readonly T[]): T {
    const one = this.random.pick(all);
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }
}
