// A D1 that fails when it is told to: before a statement, or after it, when only the answer is lost.

export interface Failures {
  /** Until when, epoch milliseconds. */
  until: number;
  /** Of statements. */
  rate: number;
  count: number;
}

const FAILED = 'D1_ERROR: Network connection lost.';

/** Runs `work`, or fails before or after it. */
async function perhaps<T>(failures: Failures, work: () => Promise<T>): Promise<T> {
  const fails = Date.now() < failures.until && Math.random() < failures.rate;
  if (!fails) return work();
  failures.count++;
  if (Math.random() < 0.5) await work();
  throw new Error(FAILED);
}

const originals = new WeakMap<object, D1PreparedStatement>();

function failingStatement(statement: D1PreparedStatement, failures: Failures): D1PreparedStatement {
  const wrapped = new Proxy(statement, {
    get(target, name) {
      if (name === 'bind') {
        return (...values: unknown[]) => failingStatement(target.bind(...values), failures);
      }
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        // `first`, `run`, `all` and `raw` all answer with a promise.
        perhaps(failures, () => Reflect.apply(value, target, args) as Promise<unknown>);
    },
  });
  originals.set(wrapped, statement);
  return wrapped;
}

export function failingD1(database: D1Database, failures: Failures): D1Database {
  return new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') {
        return (sql: string) => failingStatement(target.prepare(sql), failures);
      }
      if (name === 'batch') {
        return (statements: D1PreparedStatement[]) =>
          perhaps(failures, () =>
            target.batch(statements.map((statement) => originals.get(statement) ?? statement)),
          );
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
