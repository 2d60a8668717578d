// Stands in for Turnstile's script and for siteverify, in the stories of one file.

import { Response, type Request } from 'miniflare';
import type { Page } from 'playwright-core';
import { FakeTurnstile, SCRIPT, SECRET_KEY } from './turnstile.ts';

/** Published parameters of `turnstile.render`: one that it doesn't know would be a mistake of ours. */
const PARAMETERS = [
  ...['sitekey', 'action', 'cData', 'callback', 'error-callback', 'expired-callback', 'theme'],
  ...['language', 'tabindex', 'timeout-callback', 'unsupported-callback', 'size', 'retry'],
  ...[
    'response-field',
    'execution',
    'appearance',
    'before-interactive-callback',
    'feedback-enabled',
  ],
];

/** A box with a button to press, as when Turnstile wants to see a person. */
const script = `
  window.turnstile = {
    render(container, options) {
      const unknown = Object.keys(options).filter((name) => !${JSON.stringify(PARAMETERS)}.includes(name));
      if (unknown.length > 0 || !container.isConnected) throw new Error('render: ' + unknown);
      if (container.getRootNode() !== document) throw new Error('render: not in the document');
      const button = document.createElement('button');
      button.textContent = 'Verify you are human';
      button.onclick = async () => {
        const token = await window.issueToken(location.hostname, options.action);
        if (token === null) options['error-callback']('600010');
        else options.callback(token);
      };
      container.append(button);
    },
  };
`;

export class TurnstileInBrowser {
  readonly server = new FakeTurnstile();
  /** Answers what the Worker asks of Cloudflare. */
  readonly others = async (request: Request): Promise<Response> => {
    try {
      const { method, url, headers } = request;
      const asked = { method, url, type: headers.get('content-type') ?? '' };
      const { status, body } = await this.server.answer({ ...asked, body: await request.text() });
      return new Response(body, { status });
    } catch {
      return new Response('unreachable', { status: 502 });
    }
  };
  readonly secrets = { TURNSTILE_SECRET_KEY: SECRET_KEY };
  /** What the script gives next, instead of a token that counts; null: it has an error. */
  readonly next: (string | null)[] = [];

  /** @returns what the page has loaded of Cloudflare's */
  async at(page: Page): Promise<{ loaded: string[]; isBlocked: boolean }> {
    const state = { loaded: [] as string[], isBlocked: false };
    await page.exposeFunction('issueToken', (hostname: string, action: string) => {
      const next = this.next.shift();
      return next === undefined ? this.server.issue(hostname, action) : next;
    });
    await page.route('https://challenges.cloudflare.com/**', async (route) => {
      const url = route.request().url();
      state.loaded.push(url);
      if (state.isBlocked || !url.startsWith(SCRIPT)) return route.abort();
      return route.fulfill({ contentType: 'text/javascript', body: script });
    });
    return state;
  }
}
