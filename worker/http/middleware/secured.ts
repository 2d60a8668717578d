// Headers that keep other sites from framing our pages or guessing at our answers.

import { secureHeaders } from 'hono/secure-headers';

export const secured = secureHeaders({
  // The widget lives on other sites: their pages read the API by CORS and show agents' pictures.
  crossOriginResourcePolicy: false,
  xFrameOptions: 'DENY',
  referrerPolicy: 'strict-origin-when-cross-origin',
});
