// What a policy is: a table of settings that the workspace decides for every department, and that a department
// may decide for itself, key by key.

import * as v from 'valibot';
import type { DepartmentId } from '#shared/ids.ts';

/** A mistake that a table alone does not show. */
export interface Mistake {
  /** The path of the setting, from the root of the settings. */
  readonly key: string;
  /** What stands there; undefined: nothing. */
  readonly found?: unknown;
  readonly allowed: string;
}

/** The rest of the settings that a policy may have to agree with. */
export interface Whole {
  readonly departmentIds: readonly DepartmentId[];
  readonly tags: readonly string[];
}

interface Given<Policy, Own> extends Whole {
  /** The department that goes by this policy. */
  readonly id: DepartmentId;
  readonly policy: Policy;
  /** What the department decides for itself. */
  readonly own: Own | undefined;
  /** The path of the department's own table. */
  readonly ownKey: string;
}

/**
 * @param table its settings, with their defaults
 * @param workspace the workspace's table: says what holds when the whole table is missing
 * @param merge what a department goes by; unless told otherwise its own keys replace the workspace's
 */
export function definePolicy<
  const E extends v.ObjectEntries,
  const W extends v.GenericSchema<unknown, object | undefined>,
>({
  table,
  workspace,
  merge = (common, own) => ({ ...common, ...own }),
  mistakes = () => [],
}: {
  table: v.StrictObjectSchema<E, undefined>;
  workspace: W;
  merge?: (common: v.InferOutput<W>, own: Own<E> | undefined) => v.InferOutput<W>;
  mistakes?: (given: Given<v.InferOutput<W>, Own<E>>) => Mistake[];
}) {
  return { workspace, department: v.optional(v.partial(table)), merge, mistakes };
}

type Own<E extends v.ObjectEntries> = Partial<v.InferOutput<v.StrictObjectSchema<E, undefined>>>;
