// The body of a request: never more than allowed, and as JSON only what its schema describes.

import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { RefusalError } from './refusal-error.ts';

const JSON_BYTES = 4 * 1024;

/** Refuses a body as soon as it is longer than `bytes`. One that breaks off is the client's fault, and no defect. */
export function limitBody(bytes: number): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new RefusalError('body.too-large', { limit: `${bytes / 1024} kB` });
    },
  });
  return async (c, next) => {
    let isRead = false;
    try {
      return await limit(c, () => {
        isRead = true;
        return next();
      });
    } catch (error) {
      throw isRead || error instanceof RefusalError ? error : malformed('it broke off');
    }
  };
}

/**
 * A JSON body, which the route reads as `c.req.valid('json')`. It must call itself JSON: another site's form
 * can't, so a browser asks first whether that site may send it.
 */
export const jsonBody = <const S extends v.GenericSchema<unknown, object>>(
  schema: S,
  bytes = JSON_BYTES,
) => {
  const limit = limitBody(bytes);
  return createMiddleware<
    object,
    string,
    { in: { json: v.InferInput<S> }; out: { json: v.InferOutput<S> } }
  >(async (c, next) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json') throw malformed('content-type is not application/json');
    return limit(c, async () => {
      c.req.addValidatedData('json', parsed(schema, await whole(c.req.text())));
      await next();
    });
  });
};

/** A body that breaks off is the client's, and no defect. */
export const whole = <T>(body: Promise<T>): Promise<T> =>
  body.catch(() => {
    throw malformed('it broke off');
  });

function parsed<const S extends v.GenericSchema<unknown, object>>(
  schema: S,
  text: string,
): v.InferOutput<S> {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(undefined, 'not JSON'), schema), text);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw malformed(path === null ? issue.message : `${path}: ${issue.message}`);
}

const malformed = (problem: string) => new RefusalError('body.malformed', { problem });
