// Where the visitor stands in the queue, and how long it may take, in words.

import type { QueuePosition } from '#shared/conversation/signals.ts';
import { m } from '#messages/compiled/messages.js';
import { region } from './date-text.ts';

/** Up to here every move is told; further back only some are, so what was told may have shrunk since. */
const EXACT = 5;

/** @param hasEstimate false once it has proved wrong */
export function queueText({ position, waitSeconds }: QueuePosition, hasEstimate: boolean): string {
  const place = placeText(position);
  if (waitSeconds === null || !hasEstimate) return place;
  return `${place} ${m.widget_queue_wait({ time: waitText(waitSeconds) })}`;
}

/** When the wait turns out to be longer than was told; null where nothing was told. */
export function overrunsAt(told: (QueuePosition & { toldAt: number }) | null): number | null {
  if (!told || told.waitSeconds === null) return null;
  return told.toldAt + atMostMinutes(told.waitSeconds) * 60_000;
}

function placeText(position: number): string {
  const count = position - 1;
  if (count === 0) return m.widget_queue_next();
  return position > EXACT ? m.widget_queue_at_most({ count }) : m.widget_queue_ahead({ count });
}

const atLeastMinutes = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));

/** The longest wait that an estimate tells. */
const atMostMinutes = (seconds: number): number => Math.ceil(1.5 * atLeastMinutes(seconds));

/** A range of minutes, or of hours when it is long: an estimate promises no more than it knows. */
function waitText(seconds: number): string {
  const range = [atLeastMinutes(seconds), atMostMinutes(seconds)] as const;
  const [unit, minutes] = range[0] > 90 ? (['hour', 60] as const) : (['minute', 1] as const);
  const [from, to] = [Math.floor(range[0] / minutes), Math.ceil(range[1] / minutes)];
  const format = new Intl.NumberFormat(region(), { style: 'unit', unit, unitDisplay: 'long' });
  return format.formatRange(from, to);
}
