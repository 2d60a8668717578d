// Another site, on a server of its own, whose pages a story makes as it needs them.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

export interface HostPage {
  readonly headers?: Record<string, string>;
  readonly html: string;
}

export class HostSite {
  readonly #server: Server;
  readonly #pages: HostPage[] = [];

  constructor(server: Server) {
    this.#server = server;
    server.on('request', ({ url }, response) => {
      const page = this.#pages[Number(url?.slice(1))];
      response.writeHead(page ? 200 : 404, {
        'content-type': 'text/html; charset=utf-8',
        ...page?.headers,
      });
      response.end(page?.html);
    });
  }

  get url(): string {
    // A server that listens on a port has an address of this kind.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a page on the site, and answers with its path. */
  add(page: HostPage): string {
    return `/${this.#pages.push(page) - 1}`;
  }
}

/** Serves it; call it once at the top of a file. */
export function useHostSite(): () => HostSite {
  const server = createServer();
  const site = new HostSite(server);
  beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
  afterAll(() => void server.close());
  return () => site;
}
