// How many offline messages are open, in all departments whose messages the agent may see.

import type { OfflineMessageCount } from '#shared/api.ts';
import type { DepartmentId } from '#shared/ids.ts';

export class OpenMessages {
  #counts: readonly OfflineMessageCount[];

  constructor(counts: readonly OfflineMessageCount[]) {
    this.#counts = $state.raw(counts);
  }

  get total(): number {
    return this.#counts.reduce((sum, { open }) => sum + open, 0);
  }

  /** As the server has them all. */
  replace(counts: readonly OfflineMessageCount[]): void {
    this.#counts = counts;
  }

  /** As one department says. */
  count(departmentId: DepartmentId, open: number): void {
    const others = this.#counts.filter((one) => one.departmentId !== departmentId);
    this.#counts = [...others, { departmentId, open }];
  }
}
