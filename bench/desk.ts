// Who works at the measured desk, and where.

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

export const DEPARTMENTS = [TALK, ...QUEUE_LENGTHS.map(queueOf)];

export const PASSWORD = 'a password of the bench';

/** Several, so that no agent's object is what is measured. */
export const AGENTS = Array.from({ length: 10 }, (_, index) => ({
  name: `Noor Haddad ${index}`,
  username: `noor${index}`,
  email: `noor${index}@bench.example`,
}));
