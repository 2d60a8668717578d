// How each department behaves, out of what the workspace and the department say.

import type { DepartmentId } from '#shared/ids.ts';
import type { Hours, Policy, Settings } from './schema.ts';

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
  return departments.find((one) => one.id === id)?.chats_per_agent ?? null;
}

/** How a department behaves: the workspace's word, where the department has none of its own. */
export function policyOf(settings: Settings, departmentId: DepartmentId): Policy {
  const known = policies.get(settings) ?? new Map<DepartmentId, Policy>();
  policies.set(settings, known);
  const policy = known.get(departmentId) ?? makePolicy(settings, departmentId);
  known.set(departmentId, policy);
  return policy;
}

/** Made once: every message asks for it. */
const policies = new WeakMap<Settings, Map<DepartmentId, Policy>>();

function makePolicy(settings: Settings, departmentId: DepartmentId): Policy {
  const own = settings.departments.find(({ id }) => id === departmentId);
  return {
    routing: { ...settings.routing, ...own?.routing },
    hours: hoursOf(settings.hours, own?.hours),
    unattended: { ...settings.unattended, ...own?.unattended },
    hold: { ...settings.hold, ...own?.hold },
    ending: { ...settings.ending, ...own?.ending },
    queue: { ...settings.queue, ...own?.queue },
    silence: { ...settings.silence, ...own?.silence },
    unanswered: { ...settings.unanswered, ...own?.unanswered },
    gone: { ...settings.gone, ...own?.gone },
  };
}

/** Key by key, like every policy; without a time zone and a week there are none. */
function hoursOf(workspace: Settings['hours'], own: Partial<Hours> | undefined): Settings['hours'] {
  const { time_zone, week, holidays = [] } = { ...workspace, ...own };
  return time_zone && week ? { time_zone, week, holidays } : undefined;
}
