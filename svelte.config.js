// SvelteKit lives in web/; its server half becomes a part of the one Worker.
import adapter from '@sveltejs/adapter-cloudflare';

// Without a configuration of its own the adapter would overwrite wrangler.toml's `main`.
const cloudflare = adapter({ config: 'web/adapter.wrangler.toml' });

// The adapter's own emulation leaves a workerd running after each build; pages need only the API.
const backend = process.env.BACKEND ?? 'http://127.0.0.1:8787';
cloudflare.emulate = () => ({
  platform: () => ({
    env: {
      API: (request) => {
        const { pathname, search } = new URL(request.url);
        return fetch(new Request(backend + pathname + search, request));
      },
    },
  }),
});

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: cloudflare,
    // So often a page asks whether a newer one was deployed, beside after each lost connection.
    version: { pollInterval: 300_000 },
    // Registered for those who want pushes. Nobody else needs it.
    serviceWorker: { register: false },
    // An item that can't be shown is told in its place, on the server as in the browser.
    experimental: { handleRenderingErrors: true },
    // Only the page's own scripts run, and the one that starts it, by its nonce.
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'blob:', 'data:'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
        'object-src': ['none'],
      },
    },
    files: {
      src: 'web',
      routes: 'web/routes',
      lib: 'web/lib',
      assets: 'web/static',
      appTemplate: 'web/app.html',
      errorTemplate: 'web/error.html',
      hooks: { client: 'web/hooks.client', server: 'web/hooks.server', universal: 'web/hooks' },
      params: 'web/params',
      serviceWorker: 'web/service-worker',
    },
  },
};
