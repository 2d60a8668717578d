// Which department lets a conversation in: the one that it was meant for, or one that stands in for it. Pure.

import type { DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { isOpen } from '#shared/opening-hours.ts';
import { fallbacksOf, policyOf } from '#shared/settings/policy.ts';
import type { Settings } from '#shared/settings/schema.ts';

interface AdmissionContext {
  readonly settings: Settings;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether an agent of the department is online and available. */
  isOnline: (departmentId: DepartmentId) => Promise<boolean>;
}

/** The nearest of a department and its fallbacks that is enabled, open and online. */
export async function admissionTo(
  wanted: DepartmentId,
  { settings, now, isOnline }: AdmissionContext,
): Promise<Outcome<DepartmentId>> {
  const { departments } = settings;
  const find = (id: DepartmentId) => departments.find((one) => one.id === id);
  const enabled = [wanted, ...fallbacksOf(settings, wanted)].filter((id) => find(id)?.enabled);
  for (const id of enabled) {
    if (isOpen(policyOf(settings, id).hours, now) && (await isOnline(id))) return accept(id);
  }
  if (policyOf(settings, wanted).offline.action === 'form') return refuse('department.offline');
  const [waiting] = enabled;
  if (waiting) return accept(waiting);
  return refuse('department.disabled', { department: find(wanted)?.name ?? wanted });
}
