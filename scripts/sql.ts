// SQL whose values travel beside it: bound where there is a connection, written out where there is none.

export interface Statement {
  readonly sql: string;
  readonly params: readonly (string | number | null)[];
}

export const statement = (sql: string, ...params: Statement['params']): Statement => ({
  sql,
  params,
});

/** The statement with its values in it, for a tool that takes only text. */
export function rendered({ sql, params }: Statement): string {
  let next = 0;
  const text = sql.replace(/\?/g, () => {
    const value = params[next++];
    if (value === undefined) throw new Error(`A value is missing for: ${sql}`);
    return literal(value);
  });
  return `${text};`;
}

/** SQLite knows no escapes but the doubled quote; a NUL would end the text early. */
function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll('\0', '').replaceAll("'", "''")}'`;
}
