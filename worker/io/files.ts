// The files in R2: where each kind is kept, and the headers that make serving it safe.

import type { AgentId } from '#shared/ids.ts';
import type { ImageType } from './images.ts';

const avatarKey = (agentId: AgentId): string => `avatars/${agentId}`;

export async function putAvatar(
  files: R2Bucket,
  agentId: AgentId,
  bytes: Uint8Array,
  contentType: ImageType,
): Promise<void> {
  await files.put(avatarKey(agentId), bytes, { httpMetadata: { contentType } });
}

export async function removeAvatar(files: R2Bucket, agentId: AgentId): Promise<void> {
  await files.delete(avatarKey(agentId));
}

const AVATAR_CACHE = 'public, max-age=300';

/**
 * The answer to a request for an avatar, 304 included; null when there is none.
 * @param known the header `If-None-Match`: what the client has, if it is an ETag at all
 */
export async function avatarResponse(
  files: R2Bucket,
  agentId: AgentId,
  known: string | undefined,
): Promise<Response | null> {
  const file = await files.get(avatarKey(agentId));
  if (file === null) return null;
  const headers = new Headers({
    'content-type': file.httpMetadata?.contentType ?? 'application/octet-stream',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    // The widget shows it on other sites.
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': AVATAR_CACHE,
    etag: file.httpEtag,
  });
  if (!isKnown(file.httpEtag, known)) return new Response(file.body, { headers });
  await file.body.cancel();
  return new Response(null, { status: 304, headers });
}

/** By hand: the platform throws at a header that is no list of ETags. */
function isKnown(etag: string, known = ''): boolean {
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
