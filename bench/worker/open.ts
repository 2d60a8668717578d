// Opens a real conversation from within, by the frames that a visitor's page sends.

import { textBody } from '#shared/conversation/body.ts';
import { PROTOCOL } from '#shared/frames.ts';
import {
  newCommandId,
  newConversationId,
  newVisitorId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import { withIdentity } from '../../worker/actors/parts/identity-header.ts';

export async function openConversation(
  env: Env,
  departmentId: DepartmentId,
): Promise<ConversationId> {
  const id = newConversationId();
  const request = new Request('https://bench/', { headers: { upgrade: 'websocket' } });
  const by = { kind: 'visitor', visitorId: newVisitorId() } as const;
  const identified = withIdentity(request, { by, lookedUpAt: Date.now() });
  const { webSocket: socket } = await env.CONVERSATION.getByName(id).fetch(identified);
  if (!socket) throw new Error('no socket');
  const answered = new Promise<string>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      // The event of a command is its acknowledgement.
      if (type === 'events' || type === 'refused') resolve(type);
    });
  });
  socket.accept();
  socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL, since: null }));
  const command = {
    type: 'conversation.open',
    departmentId,
    body: textBody('Is the fern in stock?'),
    previousId: null,
    page: 'https://shop.example/ferns',
    locale: null,
  };
  socket.send(JSON.stringify({ type: 'command', id: newCommandId(), after: 0, command }));
  const answer = await answered;
  socket.close(1000);
  if (answer === 'refused') throw new Error('a conversation was not let in');
  return id;
}
