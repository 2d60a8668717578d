// The demo's conversations, held the way visitors and agents hold them: over HTTP and sockets.

import { textBody } from '#shared/conversation/body.ts';
import { newConversationId, type DepartmentId } from '#shared/ids.ts';
import { DEMO_CONVERSATIONS, DEMO_PASSWORD, DEMO_PEOPLE } from './demo.ts';
import { ParleyClient } from './client/parley-client.ts';

type DemoConversation = (typeof DEMO_CONVERSATIONS)[number];

export async function seedConversations(
  url: string,
  departments: readonly DepartmentId[],
): Promise<void> {
  const client = new ParleyClient(url);
  try {
    for (const conversation of DEMO_CONVERSATIONS) {
      if (departments.some((id) => id === conversation.department))
        await hold(client, conversation);
    }
  } finally {
    await client.leave();
  }
}

async function hold(client: ParleyClient, conversation: DemoConversation): Promise<void> {
  const { department, page, agent, messages, comment } = conversation;
  const [[, first] = ['visitor', ''], ...rest] = messages;
  const conversationId = newConversationId();
  const visitor = await client.visitor(conversationId);
  await visitor.must({
    type: 'conversation.open',
    departmentId: department,
    body: textBody(first),
    previousId: null,
    page,
    locale: null,
  });
  const answering =
    agent === null ? null : await client.agent(emailOf(agent), DEMO_PASSWORD, conversationId);
  await answering?.must({ type: 'conversation.take' });
  for (const [from, text] of rest) {
    const socket = from === 'visitor' ? visitor : answering;
    await socket?.must({ type: 'message.send', body: textBody(text) });
  }
  await answering?.must({ type: 'conversation.end', comment });
  answering?.close();
  visitor.close();
}

function emailOf(username: string): string {
  const person = DEMO_PEOPLE.find((one) => one.username === username);
  if (!person) throw new Error(`there is no demo person ${username}`);
  return person.email;
}
