// Which department lets a conversation in: the one that it was meant for, or one that stands in for it. Pure.

import type { DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { isOpen } from '#shared/opening-hours.ts';
import { fallbacksOf, policyOf } from '#shared/settings/policy.ts';
import type { Settings } from '#shared/settings/schema.ts';

/** As many conversations that wait or are served one visitor may have in a department. */
export const MOST_OF_A_VISITOR = 3;

/** What a department says when it is asked to let a conversation in. */
export interface DepartmentStatus {
  /** An agent is online and available. */
  readonly isOnline: boolean;
  /** It takes no more for now. */
  readonly isFull: boolean;
  /** The visitor has {@link MOST_OF_A_VISITOR} there. */
  readonly hasMany: boolean;
  /** Agents have blocked the visitor. */
  readonly isBlocked: boolean;
  /** A visitor must have shown that they are human. */
  readonly asksForCheck: boolean;
}

interface AdmissionContext {
  readonly settings: Settings;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The one who asks has shown that they are human, or only looks. */
  readonly isChecked: boolean;
  ask: (departmentId: DepartmentId) => Promise<DepartmentStatus>;
}

/** The nearest of a department and its fallbacks that is enabled, open and online, and not full. */
export async function admissionTo(
  wanted: DepartmentId,
  { settings, now, isChecked, ask }: AdmissionContext,
): Promise<Outcome<DepartmentId>> {
  const { departments } = settings;
  const find = (id: DepartmentId) => departments.find((one) => one.id === id);
  const name = find(wanted)?.name ?? wanted;
  const enabled = [wanted, ...fallbacksOf(settings, wanted)].filter((id) => find(id)?.enabled);
  const asked = new Map<DepartmentId, DepartmentStatus>();
  const admit = (id: DepartmentId, { asksForCheck }: DepartmentStatus) =>
    asksForCheck && !isChecked ? refuse('visitor.unchecked') : accept(id);
  for (const id of enabled) {
    if (!isOpen(policyOf(settings, id).hours, now)) continue;
    const status = await ask(id);
    if (status.isBlocked) return refuse('visitor.blocked');
    if (status.hasMany) return refuse('visitor.busy', { limit: MOST_OF_A_VISITOR });
    if (status.isOnline && !status.isFull) return admit(id, status);
    asked.set(id, status);
  }
  if (policyOf(settings, wanted).offline.action === 'form') return refuse('department.offline');
  if (enabled.length === 0) return refuse('department.disabled', { department: name });
  for (const id of enabled) {
    const status = asked.get(id) ?? (await ask(id));
    if (status.isBlocked) return refuse('visitor.blocked');
    if (status.hasMany) return refuse('visitor.busy', { limit: MOST_OF_A_VISITOR });
    if (!status.isFull) return admit(id, status);
  }
  return refuse('department.full', { department: name });
}
