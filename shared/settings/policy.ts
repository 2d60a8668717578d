// How each department behaves, out of what the workspace and the department say.

import type { DepartmentId } from '#shared/ids.ts';
import type { Mistake, Whole } from './policies/define.ts';
import { POLICIES } from './policies/registry.ts';
import type { Policy, Settings } from './schema.ts';

type Departments = Pick<Settings, 'departments'>;

/** The departments that stand in for one, nearest first. A circle ends where it began. */
export function fallbacksOf({ departments }: Departments, id: DepartmentId): DepartmentId[] {
  const chain: DepartmentId[] = [];
  const next = (from: DepartmentId) => departments.find((one) => one.id === from)?.fallback;
  for (let at = next(id); at !== undefined && !chain.includes(at); at = next(at)) chain.push(at);
  return chain;
}

/** Conversations of a department that one agent may serve at a time; null: it sets no limit of its own. */
export function limitWithin({ departments }: Departments, id: DepartmentId): number | null {
  return departments.find((one) => one.id === id)?.max_conversations_per_agent ?? null;
}

/** How a department behaves: as the workspace says, where the department says nothing itself. */
export function policyOf(settings: Settings, departmentId: DepartmentId): Policy {
  const known = policies.get(settings)?.get(departmentId);
  if (known) return known;
  const policy = makePolicy(settings, departmentId);
  policies.set(settings, new Map(policies.get(settings)).set(departmentId, policy));
  return policy;
}

/** Made once: every message asks for it. */
const policies = new WeakMap<Settings, Map<DepartmentId, Policy>>();

/** Any policy: the compiler can't see that a name's table in the settings is what its policy takes. */
interface AnyPolicy {
  merge: (common: never, own: never) => unknown;
  mistakes: (given: never) => Mistake[];
}

const eachPolicy = Object.entries<AnyPolicy>(POLICIES);

function makePolicy(settings: Settings, departmentId: DepartmentId): Policy {
  const common: Record<string, unknown> = settings;
  const own: Record<string, unknown> =
    settings.departments.find(({ id }) => id === departmentId) ?? {};
  const merged = eachPolicy.map(([name, { merge }]) => [
    name,
    merge(common[name] as never, own[name] as never),
  ]);
  return Object.fromEntries(merged) as Policy;
}

/** What the policies find wrong, department by department. */
export function mistakesInPolicies(settings: Settings): Mistake[] {
  const departmentIds = settings.departments.map(({ id }) => id);
  const whole: Whole = { departmentIds, tags: settings.tags };
  return settings.departments.flatMap((department, index) => {
    const own: Record<string, unknown> = department;
    const policy: Record<string, unknown> = policyOf(settings, department.id);
    return eachPolicy.flatMap(([name, { mistakes }]) =>
      mistakes({
        ...whole,
        id: department.id,
        policy: policy[name],
        own: own[name],
        ownKey: `departments.${index}.${name}`,
      } as never),
    );
  });
}
