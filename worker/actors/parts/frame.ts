// Reads a client's frame: anything that is not of the protocol becomes a refusal with its reason.

import * as v from 'valibot';
import { FRAME_BYTES } from '#shared/frames.ts';
import { commandIdSchema, type CommandId } from '#shared/ids.ts';
import { accept, refuse, type Refusal } from '#shared/refusals.ts';
import { shortened } from '#shared/text.ts';

const UTF8 = new TextEncoder();
/** What a character of a string takes in UTF-8 at most. */
const BYTES_PER_CHARACTER = 3;

/** A refusal names the command that it is about, where that can be told. */
type ReadFrame<Frame> =
  { ok: true; value: Frame } | { ok: false; refusal: Refusal; id: CommandId | null };

const identifiedSchema = v.object({ id: commandIdSchema });

export function readFrame<const S extends v.GenericSchema>(
  schema: S,
  data: string | ArrayBuffer,
): ReadFrame<v.InferOutput<S>> {
  if (typeof data !== 'string') return malformed(null, 'it is binary, and frames are JSON text');
  if (isTooLarge(data)) {
    return { ...refuse('frame.too-large', { limit: FRAME_BYTES }), id: null };
  }
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return malformed(null, 'it is not JSON');
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return accept(parsed.output);
  const id = idOf(json);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return malformed(id, path ? `${path}: ${issue.message}` : issue.message);
}

const malformed = (id: CommandId | null, problem: string) => ({
  ...refuse('frame.malformed', { problem: shortened(problem, 200) }),
  id,
});

/** So that even a broken command can be told from the others. */
function idOf(json: unknown): CommandId | null {
  const found = v.safeParse(identifiedSchema, json);
  return found.success ? found.output.id : null;
}

/** Most frames are so short that their bytes need not be counted. */
function isTooLarge(data: string): boolean {
  if (data.length * BYTES_PER_CHARACTER <= FRAME_BYTES) return false;
  return data.length > FRAME_BYTES || UTF8.encode(data).byteLength > FRAME_BYTES;
}
