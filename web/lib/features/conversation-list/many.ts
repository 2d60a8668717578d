// The same for several conversations: each is asked for by itself, a few at a time, and answered for itself.

import type { ManyCommand } from '#shared/conversation-lists/many.ts';
import { newCommandId, type ConversationId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';

const AT_ONCE = 4;

/** Why one was refused; `unreached`: there was no answer. */
export type Failure = Refusal | 'unreached';

export interface ForOne {
  readonly conversationId: ConversationId;
  readonly command: ManyCommand;
}

/** Resolves with those that failed. */
export async function askMany(
  all: readonly ForOne[],
  request: typeof fetch = fetch,
): Promise<ReadonlyMap<ConversationId, Failure>> {
  const failed = new Map<ConversationId, Failure>();
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      const failure = await ask(one, request);
      if (failure) failed.set(one.conversationId, failure);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failed;
}

async function ask(
  { conversationId, command }: ForOne,
  request: typeof fetch,
): Promise<Failure | null> {
  try {
    const answer = await request(`/api/conversations/${conversationId}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: newCommandId(), command }),
    });
    const outcome = await outcomeOf(answer);
    return outcome.ok ? null : outcome.refusal;
  } catch {
    return 'unreached';
  }
}
