// What Cloudflare charges on the paid plan, as published in November 2026, in dollars and per month.

interface Price {
  readonly included: number;
  readonly perMillion: number;
}

export const PLAN = 5;
export const PRICES = {
  workerRequests: { included: 10e6, perMillion: 0.3 },
  workerCpuMs: { included: 30e6, perMillion: 0.02 },
  objectRequests: { included: 1e6, perMillion: 0.15 },
  objectGbSeconds: { included: 400e3, perMillion: 12.5 },
  rowsRead: { included: 25e9, perMillion: 0.001 },
  rowsWritten: { included: 50e6, perMillion: 1 },
  directoryRowsRead: { included: 25e9, perMillion: 0.001 },
  directoryRowsWritten: { included: 50e6, perMillion: 1 },
} as const satisfies Record<string, Price>;

export type Billed = keyof typeof PRICES;

export const costOf = (what: Billed, units: number): number =>
  (Math.max(0, units - PRICES[what].included) / 1e6) * PRICES[what].perMillion;

/** Stored data, in dollars for each gigabyte and month beyond the first five. */
export const STORED_GB = { included: 5, object: 0.2, directory: 0.75 };
