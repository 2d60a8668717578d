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
    let inside = frame.contentWindow ?? window;
    let isTaken = false;
    frame.parley = (mountPanel) => {
      isTaken = true;
      onFetched(mountPanel, fetched);
    };
    // When it has run, it has been taken over, or never will be.
    const onEnd = () => {
      if (!isTaken) onFailed();
    };
    try {
      const script = inside.document.createElement('script');
      script.type = 'module';
      script.nonce = nonce;
      script.onload = script.onerror = onEnd;
      const policy = inside.trustedTypes?.createPolicy('parley', { createScriptURL: (url) => url });
      script.src = policy ? policy.createScriptURL(panel) : panel;
      inside.document.head.append(script);
    } catch {
      // The page allows no policy of ours, or is in a sandbox, and so has no frame for a script: the panel shares the
      // page's realm.
      inside = window;
      import(/* @vite-ignore */ panel).then(
        (module: { mountPanel: MountPanel }) => frame.parley?.(module.mountPanel),
        onFailed,
      );
    }
    const fetched = inside.fetch(sentences).catch(() => null);
  };
  document.documentElement.append(frame);
  return frame;
}
