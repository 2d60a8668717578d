// Sends what a browser never would, and reads the whole answer.

import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { FuzzRequest } from './requests.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const WITHOUT_BODY = ['GET', 'HEAD', 'OPTIONS'];

/** Null: there was none, since the request broke off. Rejects when nothing comes. @param withinMs until then it hangs */
export function send(
  url: string,
  { method, path, headers, body, isBrokenOff }: FuzzRequest,
  withinMs: number,
): Promise<FuzzAnswer | null> {
  return new Promise((resolve, reject) => {
    const bytes = WITHOUT_BODY.includes(method) ? Buffer.alloc(0) : Buffer.from(body);
    const breaksOff = isBrokenOff && bytes.length > 1;
    const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {};
    const sent = request(url, { method, path, headers: { ...headers, ...length }, agent: false });
    sent.setTimeout(withinMs, () => sent.destroy(new Error('no answer')));
    sent.on('error', (error) => (breaksOff ? resolve(null) : reject(error)));
    sent.on('response', (response) => {
      buffer(response).then(
        (content) =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body: content.toString(),
          }),
        (error: unknown) => (breaksOff ? resolve(null) : reject(error as Error)),
      );
    });
    if (!breaksOff) return sent.end(bytes);
    sent.write(bytes.subarray(0, bytes.length / 2), () => sent.destroy());
  });
}
