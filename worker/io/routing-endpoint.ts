// Asks the admin's own endpoint who gets a conversation. It is told what waits, and answers with an agent's
// id; whatever goes wrong, routing goes on without it.

import * as v from 'valibot';
import type { QueueEntry } from '#shared/department.ts';
import { agentIdSchema, type AgentId, type DepartmentId } from '#shared/ids.ts';
import type { Policy } from '#shared/settings/schema.ts';
import { hexOf } from '../hex.ts';

const answerSchema = v.object({ agentId: agentIdSchema });

/** Answers null when the endpoint names nobody, can't be reached in time, or says something else. */
export async function askEndpoint(
  { ROUTING_SECRET }: Pick<Env, 'ROUTING_SECRET'>,
  { external_url, external_timeout_seconds }: Policy['routing'],
  waiting: QueueEntry & { departmentId: DepartmentId },
): Promise<AgentId | null> {
  if (!external_url) return null;
  const { conversationId, departmentId, visitorName, preview, priority, openedAt } = waiting;
  const body = JSON.stringify({
    conversationId,
    departmentId,
    visitorName,
    preview,
    priority,
    openedAt,
  });
  const timestamp = String(Date.now());
  try {
    const answer = await fetch(external_url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'parley-timestamp': timestamp,
        'parley-signature': await signatureOf(`${timestamp}.${body}`, ROUTING_SECRET),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(external_timeout_seconds * 1000),
    });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    return v.parse(answerSchema, await answer.json()).agentId;
  } catch (error) {
    console.error('routing: the endpoint named nobody', String(error));
    return null;
  }
}

/** HMAC-SHA-256, as lower-case hexadecimal. The timestamp is signed too, so that nothing can be replayed. */
export async function signatureOf(text: string, secret: string): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign('HMAC', key, bytes.encode(text));
  return hexOf(new Uint8Array(signature));
}
