// Runs in the page that the widget frames when a visitor is to show that they are human. Tells the widget what comes of
// Turnstile.

import type { CheckMessage } from './message.ts';

interface Turnstile {
  render: (container: HTMLElement, options: Record<string, unknown>) => void;
}

declare global {
  interface Window {
    turnstile?: Turnstile;
  }
}

const ADDRESS = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit';
/** Turnstile's usual box does not fit into less. */
const NARROW_PX = 300;

const { body, documentElement } = document;

// To any page that frames this one: the Worker lets only those do so that may have the widget.
const tell = (message: CheckMessage) => parent.postMessage(message, '*');

function render(): void {
  const container = document.getElementById('check');
  if (!container || !window.turnstile) return tell({ parley: 'failed' });
  tell({ parley: 'ready' });
  window.turnstile.render(container, {
    sitekey: body.dataset.siteKey,
    action: 'parley',
    language: documentElement.lang,
    size: innerWidth < NARROW_PX ? 'compact' : 'flexible',
    // The widget offers to try again.
    retry: 'never',
    callback: (token: string) => tell({ parley: 'passed', token }),
    'error-callback': (code: string) => {
      console.error('Parley: Turnstile', code);
      tell({ parley: 'failed' });
      return true;
    },
    'unsupported-callback': () => tell({ parley: 'failed' }),
  });
}

const script = document.createElement('script');
script.src = ADDRESS;
script.onload = render;
script.onerror = () => tell({ parley: 'failed' });
document.head.append(script);
