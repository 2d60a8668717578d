// One socket, and how a person dials one. The paper desk of the tests dials without a network.

export interface LinkEvents {
  opened(): void;
  text(data: string): void;
  closed(code: number): void;
}

export interface Link {
  send(text: string): void;
  close(): void;
}

/** What somebody shows at the door: a visitor his token, an agent his cookie. */
export interface Credentials {
  readonly token?: string;
  readonly cookie?: string;
}

/** @param lineId tells the fault proxy whose connection it is */
export type Dial = (path: string, who: Credentials, lineId: number, events: LinkEvents) => Link;

/** The header that the proxy takes out again. */
export const LINE_HEADER = 'x-faults-line';

/** Dials over the network, at the desk's address or the proxy's. */
export function dialAt(url: string): Dial {
  const address = url.replace(/^http/, 'ws');
  return (path, { token, cookie }, lineId, events) => {
    const init = {
      protocols: token ? ['parley', `token.${token}`] : ['parley'],
      headers: { [LINE_HEADER]: String(lineId), origin: url, ...(cookie ? { cookie } : {}) },
    };
    // Node's WebSocket takes headers, of which the standard's type knows nothing.
    const socket = new WebSocket(address + path, init as unknown as string[]);
    socket.addEventListener('open', () => events.opened());
    socket.addEventListener('message', ({ data }: { data: unknown }) => events.text(String(data)));
    socket.addEventListener('close', ({ code }) => events.closed(code));
    return {
      send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
      close: () => socket.close(),
    };
  };
}
