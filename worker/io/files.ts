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

/** The answer to a request for an avatar, 304 included; null when there is none. */
export async function avatarResponse(
  files: R2Bucket,
  agentId: AgentId,
  request: Headers,
): Promise<Response | null> {
  const file = await files.get(avatarKey(agentId), { onlyIf: request });
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
  return 'body' in file
    ? new Response(file.body, { headers })
    : new Response(null, { status: 304, headers });
}
