// Whom a round of inputs speaks for: a visitor with an open conversation, and an agent who is signed in.

import * as v from 'valibot';
import { visitorBody, type VisitorIdentity } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import { ParleyClient } from '../../scripts/client/parley-client.ts';
import { Wire } from '../../scripts/client/wire.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';

export interface World {
  readonly url: string;
  readonly visitor: VisitorIdentity;
  readonly conversationId: ConversationId;
  /** Of an agent's session. */
  readonly cookie: string;
}

export const signIn = (url: string): Promise<string> =>
  new ParleyClient(url).signIn('noor@parley.example', DEMO_PASSWORD);

/** Opens a conversation of a new visitor. */
export async function newWorld(url: string, cookie: string): Promise<World> {
  const answer = await new ParleyClient(url).request('/api/visitors', { method: 'POST' });
  const visitor = v.parse(visitorBody, await answer.json());
  const conversationId = newConversationId();
  const world = { url, visitor, conversationId, cookie };
  const wire = await visitorAt(world);
  await wire.hello();
  await wire.must({
    type: 'conversation.open',
    departmentId: 'sales',
    body: textBody('Do you have ferns?'),
    previousId: null,
    page: null,
    locale: 'en',
  });
  wire.close();
  return world;
}

export const visitorAt = ({ url, visitor, conversationId }: World): Promise<Wire> =>
  Wire.connect(url, `/ws/conversations/${conversationId}`, {
    headers: { origin: url },
    subprotocols: [`${TOKEN_SUBPROTOCOL_PREFIX}${visitor.token}`],
  });

export const agentAt = ({ url, cookie }: World, path: string): Promise<Wire> =>
  Wire.connect(url, path, { headers: { origin: url, cookie } });
