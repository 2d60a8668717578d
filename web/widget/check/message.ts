// What the page with Turnstile tells the widget that frames it.

export type CheckMessage =
  | { parley: 'ready' }
  /** Turnstile could not be loaded, or does not work here. */
  | { parley: 'failed' }
  | { parley: 'passed'; token: string };
