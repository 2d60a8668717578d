// What the service worker tells the pages.

import * as v from 'valibot';

const messageSchema = v.variant('type', [
  /** A push has come, and is shown. */
  v.object({ type: v.literal('pushed'), tag: v.string() }),
  /** The agent has clicked on one. */
  v.object({ type: v.literal('open'), path: v.pipe(v.string(), v.startsWith('/')) }),
]);
type WorkerMessage = v.InferOutput<typeof messageSchema>;

/** Answers with a function that stops it. */
export function hearWorker(hear: (message: WorkerMessage) => void): () => void {
  // Not there where the page is not secure.
  const { serviceWorker } = navigator as Partial<Navigator>;
  const heard = ({ data }: MessageEvent<unknown>) => {
    const message = v.safeParse(messageSchema, data);
    if (message.success) hear(message.output);
  };
  serviceWorker?.addEventListener('message', heard);
  return () => serviceWorker?.removeEventListener('message', heard);
}
