// How far each side has got. Pure.

import type { Mark, Marks } from '#shared/conversation/signals.ts';

/** Marks only move forward, and never past the log's end. Returns `marks` itself when nothing moved. */
export function advance(marks: Marks, side: keyof Marks, said: Mark, head: number): Marks {
  const had = marks[side];
  const seen = Math.max(had.seen, Math.min(said.seen, head));
  const delivered = Math.max(had.delivered, Math.min(said.delivered, head), seen);
  if (seen === had.seen && delivered === had.delivered) return marks;
  return { ...marks, [side]: { delivered, seen } };
}
