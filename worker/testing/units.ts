// What Cloudflare bills, as the ledger counts it, and sums over it.

/** Incoming WebSocket messages that are billed as one request. */
export const MESSAGES_PER_REQUEST = 20;

export interface ActorUnits {
  /** Calls by RPC, by what was called; `fetch` is an upgrade. */
  calls: Record<string, number>;
  alarms: number;
  /** Incoming WebSocket messages, {@link MESSAGES_PER_REQUEST} of which are one request. */
  messages: number;
  rowsRead: number;
  /** Those of SQL, and one for each alarm that was set. */
  rowsWritten: number;
  alarmsSet: number;
}

export interface Units {
  workerRequests: number;
  actors: Record<string, ActorUnits>;
  directory: { rowsRead: number; rowsWritten: number };
}

export const noUnits = (): Units => ({
  workerRequests: 0,
  actors: {},
  directory: { rowsRead: 0, rowsWritten: 0 },
});

/** What is billed as requests to one class of object. */
export const requestsTo = ({ calls, alarms, messages }: ActorUnits): number =>
  Object.values(calls).reduce((total, count) => total + count, alarms) +
  messages / MESSAGES_PER_REQUEST;

export const requestsIn = ({ actors }: Units): number =>
  Object.values(actors).reduce((total, units) => total + requestsTo(units), 0);

/** By objects and in D1. */
export const rowsWrittenIn = ({ actors, directory }: Units): number =>
  Object.values(actors).reduce(
    (total, { rowsWritten }) => total + rowsWritten,
    directory.rowsWritten,
  );

/** By objects and in D1. */
export const rowsReadIn = ({ actors, directory }: Units): number =>
  Object.values(actors).reduce((total, { rowsRead }) => total + rowsRead, directory.rowsRead);

/** To whichever class of object. */
export const callsIn = ({ actors }: Units, name: string): number =>
  Object.values(actors).reduce((total, { calls }) => total + (calls[name] ?? 0), 0);
