// Who works at the measured Parley, and where.

import * as v from 'valibot';
import { departmentIdSchema } from '#shared/ids.ts';
import { fromRoot } from '../scripts/paths.ts';

/** Parley as it is deployed, with handles for the benchmark. */
export const CONTROL_BUNDLE = fromRoot('.parley/bench-bundle');

const department = (id: string) => v.parse(departmentIdSchema, id);

/** Where conversations are held. */
export const TALK = department('talk');

/** Where as many wait. */
export const QUEUE_LENGTHS = [10, 1_000, 10_000] as const;
export const queueOf = (length: number) => department(`queue-${length}`);

/** Where nobody ever waits: what a second department costs. */
export const ASIDE = department('aside');

/** Where conversations are assigned. They come in pairs: an agent is a member of one, or of both. */
export const POOLS = Array.from({ length: 10 }, (_, index) => department(`pool-${index}`));

export const DEPARTMENTS = [
  ...[TALK, ASIDE, ...QUEUE_LENGTHS.map(queueOf)].map((id) => ({ id, name: id })),
  ...POOLS.map((id) => ({ id, name: id, routing: { method: 'load-balancing' as const } })),
];

export const PASSWORD = 'a password of the bench';

/** Who is a member of one department, of two, and of all where conversations are taken. */
const MEMBERSHIPS = [[TALK], [TALK, ASIDE], [TALK, ...QUEUE_LENGTHS.map(queueOf)]] as const;
export const IN_ONE = 0;
export const IN_TWO = 1;
export const IN_ALL = 2;
/** Who may see every conversation. */
export const LEAD = 9;

/** Several, so that no agent's object is what is measured. */
export const AGENTS = Array.from({ length: 10 }, (_, index) => ({
  name: `Noor Haddad ${index}`,
  username: `noor${index}`,
  email: `noor${index}@bench.example`,
  role: index === LEAD ? ('manager' as const) : ('agent' as const),
  departments: MEMBERSHIPS[Math.min(index, IN_ALL)] ?? [],
}));
