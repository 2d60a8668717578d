// What the benchmark reads of a server's frame. It speaks only to its own servers, so nothing is checked.

export interface SentEvent {
  readonly type: string;
  readonly id: string;
  readonly seq: number;
  readonly by: { readonly kind: string };
  readonly body?: { readonly text: string };
}

export interface ServerFrame {
  readonly type: string;
  readonly id?: string;
  readonly seq?: number;
  readonly upTo?: number;
  readonly events?: readonly SentEvent[];
  readonly sentence?: string;
}

export const eventsOf = ({ events }: ServerFrame): readonly SentEvent[] => events ?? [];
