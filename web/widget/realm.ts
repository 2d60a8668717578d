// The panel's script runs in a frame of its own, which shows nothing: what the page has changed of the language's
// built-ins is as it should be there. What the panel shows stands in the page.

import type { EarlyResponse, MountPanel } from './embed.ts';

interface Policy {
  createScriptURL: (url: string) => string;
}

declare global {
  interface Window {
    /** Not in every browser. */
    trustedTypes?: { createPolicy: (name: string, policy: Policy) => Policy };
  }
  interface HTMLIFrameElement {
    /** Takes over the panel that was fetched into the frame. */
    parley?: (mountPanel: MountPanel) => void;
  }
}

/**
 * Fetches the panel's script and its sentences. Answers with the frame, which lives as long as the panel.
 * @param nonce that the page gave to the loader
 */
export function fetchPanel(
  panel: string,
  sentences: string,
  nonce: string,
  onFetched: (mountPanel: MountPanel, sentences: EarlyResponse) => void,
  onFailed: () => void,
): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'display:none!important';
  // Firefox replaces a new frame's document once: what is put into it waits for that.
  frame.onload = () => {
    const inside = frame.contentWindow;
    if (!inside) return;
    const script = inside.document.createElement('script');
    script.type = 'module';
    script.nonce = nonce;
    // When it has run, it has been taken over, or never will be.
    script.onload = script.onerror = onFailed;
    try {
      const policy = inside.trustedTypes?.createPolicy('parley', { createScriptURL: (url) => url });
      script.src = policy ? policy.createScriptURL(panel) : panel;
      inside.document.head.append(script);
    } catch {
      // The page allows no policy of ours, and so no script in a frame: the panel shares the page's realm.
      import(/* @vite-ignore */ panel).then(
        (module: { mountPanel: MountPanel }) => frame.parley?.(module.mountPanel),
        onFailed,
      );
    }
    const fetched = inside.fetch(sentences).catch(() => null);
    frame.parley = (mountPanel) => {
      script.onload = null;
      onFetched(mountPanel, fetched);
    };
  };
  document.documentElement.append(frame);
  return frame;
}
