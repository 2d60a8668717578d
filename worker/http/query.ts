// The query of a request: only what its schema describes.

import type { Context } from 'hono';
import * as v from 'valibot';
import { RefusalError } from './refusal-error.ts';

export function queryOf<const S extends v.GenericSchema<unknown, object>>(
  c: Context,
  schema: S,
): v.InferOutput<S> {
  const query = v.safeParse(schema, c.req.query());
  if (query.success) return query.output;
  const [issue] = query.issues;
  const path = v.getDotPath(issue);
  throw new RefusalError('body.malformed', {
    problem: path === null ? issue.message : `${path}: ${issue.message}`,
  });
}
