// What makes a log that people talk in: what it begins as, what happens in it, and the frames that tell of it.

import type * as v from 'valibot';
import type { AcceptedFrame, RefusedFrame } from '#shared/frames.ts';
import type { Receipts } from '#shared/receipts.ts';
import type { LogSnapshot } from './event-log.svelte.ts';

/** A frame of the server's. Its events and signals are parsed one by one. */
export type LogFrame<State> =
  | (LogSnapshot<State> & { type: 'welcome'; reset: boolean; receipts: Receipts })
  | { type: 'events'; upTo: number; events: readonly unknown[]; receipts?: Receipts | undefined }
  | { type: 'signal'; signal: unknown }
  | AcceptedFrame
  | RefusedFrame;

/** What a log is of. */
export interface LogDefinition<State, Event> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly eventSchema: v.GenericSchema<unknown, Event>;
  /** Null for a frame of a later version. */
  readonly readFrame: (frame: unknown) => LogFrame<State> | null;
}
