// Whom a round of inputs speaks for: a visitor with an open conversation, and an agent who is signed in.

import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { visitorBody, type VisitorIdentity } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import { ParleyClient } from '../../scripts/client/parley-client.ts';
import { Wire } from '../../scripts/client/wire.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { newAddress } from '../support/address.ts';

export interface World {
  readonly url: string;
  readonly visitor: VisitorIdentity;
  readonly conversationId: ConversationId;
  /** Of an agent's session. */
  readonly cookie: string;
  /** The address that everything of this round comes from, so that no round meets the limits of another. */
  readonly address: Readonly<Record<string, string>>;
}

export const signIn = (url: string): Promise<string> =>
  new ParleyClient(url).signIn('noor@parley.example', DEMO_PASSWORD);

/** Everybody together may have so many new visitors; who is refused waits as long as they are told. */
async function newVisitor(url: string, address: World['address']): Promise<VisitorIdentity> {
  for (;;) {
    const answer = await fetch(`${url}/api/visitors`, { method: 'POST', headers: address });
    const body: unknown = await answer.json();
    if (answer.ok) return v.parse(visitorBody, body);
    const seconds = Number(answer.headers.get('retry-after'));
    if (!(seconds > 0)) throw new Error(`no new visitor: ${JSON.stringify(body)}`);
    await sleep(seconds * 1000);
  }
}

/** Opens a conversation of a new visitor. */
export async function newWorld(url: string, cookie: string): Promise<World> {
  const address = newAddress();
  const visitor = await newVisitor(url, address);
  const conversationId = newConversationId();
  const world = { url, visitor, conversationId, cookie, address };
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

export const visitorAt = ({ url, visitor, conversationId, address }: World): Promise<Wire> =>
  Wire.connect(url, `/ws/conversations/${conversationId}`, {
    headers: { origin: url, ...address },
    subprotocols: [`${TOKEN_SUBPROTOCOL_PREFIX}${visitor.token}`],
  });

export const agentAt = ({ url, cookie, address }: World, path: string): Promise<Wire> =>
  Wire.connect(url, path, { headers: { origin: url, cookie, ...address } });
