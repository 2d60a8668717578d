// Messages as they are by now. The log keeps what was said; who reads it again sees what has become of it.

import { textBody, type MessageBody } from './body.ts';
import { previewOf, type Amendment, type MessageSent } from './message-events.ts';

interface AnyEvent {
  readonly type: string;
  readonly seq: number;
}
type LoggedEvent = MessageSent | Amendment | AnyEvent;

/** The last that has become of each message, by the message's `seq`. */
export type Amendments = ReadonlyMap<number, Amendment>;

export const AMENDING = ['message.edited', 'message.deleted'] as const;

export const isAmendment = (event: AnyEvent): event is Amendment =>
  event.type === 'message.edited' || event.type === 'message.deleted';

const isMessage = (event: AnyEvent): event is MessageSent => event.type === 'message.sent';

export const isDeleted = ({ text, files }: MessageBody): boolean =>
  text === '' && files.length === 0;

/** @param events in order */
export function amendmentsIn(events: readonly AnyEvent[]): Map<number, Amendment> {
  const found = new Map<number, Amendment>();
  for (const event of events) if (isAmendment(event)) found.set(event.message, event);
  return found;
}

/** What a message says after an amendment. */
export const bodyAfter = (amendment: Amendment): MessageBody =>
  amendment.type === 'message.edited' ? amendment.body : textBody('');

/** An event with no words that its author has taken back; the same one where there are none. */
export function amended<E extends LoggedEvent>(event: E, amendments: Amendments): E {
  if (isMessage(event)) return amendedMessage(event, amendments);
  if (!isAmendment(event)) return event;
  const last = amendments.get(event.message);
  if (event.type !== 'message.edited' || !last || last.seq <= event.seq) return event;
  return { ...event, body: bodyAfter(last) };
}

function amendedMessage<E extends MessageSent>(event: E, amendments: Amendments): E {
  const own = amendments.get(event.seq);
  const { replyTo } = event;
  const ofQuoted = replyTo && amendments.get(replyTo.seq);
  if (!own && !ofQuoted) return event;
  return {
    ...event,
    ...(own && { body: bodyAfter(own) }),
    ...(own?.type === 'message.edited' && { editedAt: own.at }),
    ...(replyTo && ofQuoted && { replyTo: { ...replyTo, text: previewOf(bodyAfter(ofQuoted)) } }),
  };
}

/** Events as later ones have left them. @param later all amendments that follow the first of them, in order */
export function amendedBy<E extends LoggedEvent>(events: readonly E[], later: readonly E[]): E[] {
  const amendments = amendmentsIn(later);
  return events.map((event) => amended(event, amendments));
}

/** Those of a log's last events that follow `seq`, without messages that are deleted. */
export function standingAfter<E extends LoggedEvent>(events: readonly E[], seq: number): E[] {
  const later = events.slice(events.findLastIndex((event) => event.seq <= seq) + 1);
  const amendments = amendmentsIn(later);
  return later.filter(
    (event) =>
      amendments.get(event.seq)?.type !== 'message.deleted' &&
      !('body' in event && isDeleted(event.body)),
  );
}
