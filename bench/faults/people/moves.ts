// What an agent may do with a conversation beside writing in it, chosen at random.

import { textBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import { SECRET } from '../history.ts';
import type { Stage } from './stage.ts';

type Options = Pick<Stage['options'], 'random' | 'colleagues' | 'departments'>;

export function anyMove({
  random,
  colleagues,
  departments,
}: Options): ConversationCommand | undefined {
  // Ids of accounts and departments that the run has made.
  const agentId = random.pick(colleagues) as AgentId;
  const departmentId = random.pick(departments) as DepartmentId;
  const comment = secretOrNothing(random);
  const topic = `${SECRET} ${random.uuid()}`;
  return random.pick<ConversationCommand>([
    { type: 'conversation.forward', to: { kind: 'agent', agentId }, comment },
    { type: 'conversation.forward', to: { kind: 'department', departmentId }, comment },
    { type: 'conversation.requeue' },
    { type: 'conversation.requeue' },
    { type: 'conversation.hold' },
    { type: 'conversation.hold' },
    { type: 'agent.invite', agentId },
    { type: 'note.add', body: textBody(topic), mentions: [] },
    { type: 'details.set', topic, priority: random.chance(0.5) ? 'urgent' : 'low' },
  ]);
}

/** A comment that no visitor may ever hear, half of the time. */
export const secretOrNothing = (random: Options['random']): string | null =>
  random.chance(0.5) ? `${SECRET} ${random.uuid()}` : null;
