// The page with Turnstile, which the widget frames: Turnstile works neither in a shadow root nor on sites that its keys
// don't name, and here it stands on a page of Parley's own.

import type { Locale } from '#messages/locale.ts';

interface CheckPage {
  readonly siteKey: string;
  readonly locale: Locale;
  /** Origins that may show it, beside Parley's own: else another site could gather the checks of its own visitors. */
  readonly framedBy: readonly string[];
}

const CLOUDFLARE = 'https://challenges.cloudflare.com';

export function checkPage({ siteKey, locale, framedBy }: CheckPage): Response {
  const policy = [
    `script-src 'self' ${CLOUDFLARE}`,
    `frame-src ${CLOUDFLARE}`,
    "object-src 'none'",
    "base-uri 'none'",
    `frame-ancestors 'self' ${framedBy.join(' ')}`,
  ];
  return new Response(
    `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Turnstile</title>
<body style="margin: 0" data-site-key="${siteKey}">
<div id="check"></div>
<script type="module" src="/widget-check.js"></script>
`,
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy.join('; '),
      },
    },
  );
}
