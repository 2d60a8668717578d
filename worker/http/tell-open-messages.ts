// Tells a department's agents how many of its offline messages are open, when that has changed.

import type { DepartmentId } from '#shared/ids.ts';
import { countOfflineMessages } from '../io/offline-messages.ts';

export async function tellOpenMessages(
  env: Pick<Env, 'DIRECTORY' | 'DEPARTMENT'>,
  departmentId: DepartmentId,
): Promise<void> {
  const [count] = await countOfflineMessages(env.DIRECTORY, [departmentId]);
  await env.DEPARTMENT.getByName(departmentId).tellOpenMessages(count?.open ?? 0);
}
