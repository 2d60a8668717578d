// The kinds of faults, what each does, and how often it comes.

export const FAULTS = {
  cut: 'a connection breaks at a random byte',
  'ack-lost': 'a connection breaks right before an acknowledgement',
  'ack-twice': 'an acknowledgement arrives twice',
  stall: 'one direction of a connection stands still',
  latency: 'a connection becomes slow',
  reorder: 'what a client sent on a lost connection arrives after it has come back',
  tabs: 'a visitor writes from two tabs with one outbox',
  skew: 'a client’s clock jumps by hours, and its computer wakes',
  kill: 'the server is killed and started again on the same state',
  evict: 'an object is dropped from memory, with or without its sockets',
  alarm: 'an alarm is delivered twice',
  d1: 'the directory fails, before or after it has done its work',
  herd: 'all connections break at once',
  // A mailer that fails comes with the mailer.
} as const;
export type Fault = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

/** Seconds between two of a kind in a long run; those that come by themselves have none. */
const USUAL_SECONDS: Record<Fault, number | null> = {
  cut: 1,
  'ack-lost': 2,
  'ack-twice': 2,
  stall: 3,
  latency: 3,
  reorder: 3,
  tabs: null,
  skew: 5,
  kill: 8,
  evict: 1,
  alarm: 3,
  d1: 7,
  herd: 6,
};

/** Short runs are denser, so that each kind has its turn. */
export function meanSeconds(fault: Fault, runSeconds: number): number | null {
  const usual = USUAL_SECONDS[fault];
  if (usual === null) return null;
  // These two hit everybody, and everybody needs some seconds to come back.
  const isForAll = fault === 'kill' || fault === 'herd';
  return Math.min(usual, runSeconds / (isForAll ? 2.5 : 8));
}
