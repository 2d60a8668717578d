// Requests of people whose connections are cut and whose server is killed.

const AGAIN_MS = 200;
/** Asked for too often: come back later. */
const TOO_MUCH = 429;

/** Asks until the server answers; null: what is asked for is not there for this person. */
export async function fetchUntilAnswered(url: string, init: RequestInit = {}): Promise<unknown> {
  for (;;) {
    try {
      const response = await fetch(url, init);
      if (response.ok) return await response.json();
      await response.body?.cancel();
      if (response.status < 500 && response.status !== TOO_MUCH) return null;
    } catch {
      // The connection was cut, or the server is down.
    }
    await new Promise((waited) => setTimeout(waited, AGAIN_MS));
  }
}
