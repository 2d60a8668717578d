// Loads the list of emoji when it is first needed.

/** Nobody needs it on the server, so the Worker carries none of it. */
export async function loadEmojis(): Promise<typeof import('./emojis.ts')> {
  if (import.meta.env.SSR) throw new Error('There are no emoji on the server.');
  return import('./emojis.ts');
}
