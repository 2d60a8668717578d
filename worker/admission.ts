// Which department lets a conversation in: the one that was meant, or one that stands in for it.

import type { DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { isOpen } from '#shared/settings/policies/hours.ts';
import { fallbacksOf, policyOf } from '#shared/settings/policy.ts';
import type { Settings } from '#shared/settings/schema.ts';

interface Desk {
  readonly settings: Settings;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether an agent of the department could answer. */
  isAttended: (departmentId: DepartmentId) => Promise<boolean>;
}

/** The nearest of a department and its fallbacks that is in use, open and attended. */
export async function admissionTo(
  wanted: DepartmentId,
  { settings, now, isAttended }: Desk,
): Promise<Outcome<DepartmentId>> {
  const chain = [wanted, ...fallbacksOf(settings, wanted)];
  const inUse = chain.filter((id) => settings.departments.find((one) => one.id === id)?.enabled);
  for (const id of inUse) {
    if (isOpen(policyOf(settings, id).hours, now) && (await isAttended(id))) return accept(id);
  }
  if (policyOf(settings, wanted).offline.action === 'form') {
    return refuse('department.unattended');
  }
  const [waiting] = inUse;
  return waiting ? accept(waiting) : refuse('department.disabled', { department: nameOf(wanted) });

  function nameOf(id: DepartmentId): string {
    return settings.departments.find((one) => one.id === id)?.name ?? id;
  }
}
