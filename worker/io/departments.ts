// The departments that the settings have or had, by name (D1): what still waits in one that is gone can be found.

import * as v from 'valibot';
import { departmentRef, type DepartmentRef } from '#shared/api.ts';

/**
 * Those that the settings no longer have.
 * @param current those that they have, which are remembered by the name that they have now
 */
export async function formerDepartments(
  db: D1Database,
  current: readonly DepartmentRef[],
): Promise<DepartmentRef[]> {
  const { results } = await db.prepare('SELECT id, name FROM department').all();
  const known = v.parse(v.array(departmentRef), results);
  const changed = current.filter(
    ({ id, name }) => !known.some((one) => one.id === id && one.name === name),
  );
  const put = db.prepare('INSERT OR REPLACE INTO department (id, name) VALUES (?, ?)');
  if (changed.length > 0) await db.batch(changed.map(({ id, name }) => put.bind(id, name)));
  return known.filter(({ id }) => !current.some((one) => one.id === id));
}
