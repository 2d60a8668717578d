// The page that the visitor sees. The panel's script runs in a frame of its own, whose window shows nothing.

const frame = globalThis.frameElement;

/** The page's window. Where the page allows no such frame, the script runs in the page itself. */
export const host: typeof globalThis =
  (frame && 'parley' in frame && frame.ownerDocument.defaultView) || globalThis;
