// A check that the visitor is human, from the question until the server believes it.

import { visitorBody } from '#shared/api.ts';
import type { CheckMessage } from '../../check/message.ts';
import { host } from '../host.ts';
import { statusOf, UNKNOWN, type VisitorApi } from '../visitor-api.ts';
import type { VisitorIdentity } from '../visitor-identity.ts';

/** A page that has said nothing for so long never will: the site's policy keeps it away, or a filter. */
const PATIENCE_MS = 20_000;
/** The status of a check that has failed or expired. */
const REFUSED = 403;

/** A new visitor is in no conversation. */
const NOWHERE = { conversationId: null, previousId: null };

export class CheckState {
  readonly #api: VisitorApi;
  readonly #visitor: VisitorIdentity;
  readonly #onPassed: () => void;
  #problem = $state.raw<'failed' | 'unavailable' | null>(null);

  constructor(api: VisitorApi, visitor: VisitorIdentity, onPassed: () => void) {
    this.#api = api;
    this.#visitor = visitor;
    this.#onPassed = onPassed;
  }

  /** Why it has come to nothing; null: the visitor is being asked. */
  get problem() {
    return this.#problem;
  }
  get address(): string {
    return `${this.#api.origin}/api/check`;
  }

  tryAgain(): void {
    this.#problem = null;
  }

  /**
   * For `{@attach}`: hears what the page in the frame says, for as long as the frame is there.
   * @param onLeft the focus was in the frame, where nothing is left to do
   */
  hear(frame: HTMLIFrameElement, onLeft: () => void): () => void {
    const heard = new AbortController();
    const { signal } = heard;
    const giveUp = () => {
      console.error(`Parley: ${this.address} says nothing. Does this page's frame-src allow it?`);
      stop();
      void this.#show('');
    };
    const timer = setTimeout(giveUp, PATIENCE_MS);
    const stop = () => {
      heard.abort();
      clearTimeout(timer);
    };
    const onMessage = ({ source, data }: MessageEvent<CheckMessage>) => {
      if (source !== frame.contentWindow) return;
      clearTimeout(timer);
      if (data.parley === 'ready') return;
      if (hasFocus(frame)) onLeft();
      void this.#show(data.parley === 'passed' ? data.token : '');
    };
    const onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective === 'frame-src' && blockedURI.startsWith(this.#api.origin)) giveUp();
    };
    host.addEventListener('message', onMessage, { signal });
    host.document.addEventListener('securitypolicyviolation', onViolation, { signal });
    return stop;
  }

  /** @param turnstile empty: Turnstile could not be loaded, and the server finds out whether Cloudflare is down */
  async #show(turnstile: string): Promise<void> {
    const token = this.#visitor.identity?.token;
    try {
      const shown = await this.#api.ask(visitorBody, '/api/checks', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ turnstile }),
      });
      const { stored } = this.#visitor;
      const known = stored?.visitorId === shown.visitorId ? stored : NOWHERE;
      this.#visitor.keep({ ...known, ...shown, renewedAt: Date.now() });
      this.#onPassed();
    } catch (error) {
      const status = statusOf(error);
      // The next try is a new visitor's.
      if (status === UNKNOWN) this.#visitor.forget();
      this.#problem = status === REFUSED && turnstile !== '' ? 'failed' : 'unavailable';
    }
  }
}

/** Chromium's `:focus` knows nothing of what is in a frame. */
const hasFocus = (frame: HTMLIFrameElement): boolean =>
  (frame.getRootNode() as ShadowRoot).activeElement === frame; // The panel is in one.

let asked = $state.raw<CheckState | null>(null);
let passed: Promise<void> | null = null;

/** Null: the visitor is not asked. */
export const currentCheck = (): CheckState | null => asked;

/** Resolves when the visitor has shown that they are human. Asks once for all that waits for it. */
export const askForCheck = (api: VisitorApi, visitor: VisitorIdentity): Promise<void> =>
  (passed ??= new Promise((resolve) => {
    asked = new CheckState(api, visitor, () => {
      asked = passed = null;
      resolve();
    });
  }));
