// Reads a request's body: never more than allowed, and as JSON only what its schema describes.

import * as v from 'valibot';
import { Refused } from './refused.ts';

const JSON_BYTES = 4 * 1024;

/** The whole body, or a refusal as soon as it is longer than `bytes`, whatever its headers say. */
export async function readBytes(request: Request, bytes: number): Promise<Uint8Array> {
  const tooLarge = new Refused('body.too-large', { limit: `${bytes / 1024} kB` });
  if (Number(request.headers.get('content-length') ?? 0) > bytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = request.body;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > bytes) throw tooLarge;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/**
 * A JSON body, of 4 kB at most unless told otherwise. It must call itself JSON: another site's form cannot, so a browser asks
 * the desk first whether that site may send it.
 */
export async function readJson<const S extends v.GenericSchema>(
  request: Request,
  schema: S,
  bytes = JSON_BYTES,
): Promise<v.InferOutput<S>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw malformed('content-type is not application/json');
  const text = new TextDecoder().decode(await readBytes(request, bytes));
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(undefined, 'not JSON'), schema), text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw malformed(path === null ? issue.message : `${path}: ${issue.message}`);
}

const malformed = (problem: string) => new Refused('body.malformed', { problem });
