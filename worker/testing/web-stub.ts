// Stands in for the built web server, so that the Worker's tests need no build.
export default {
  fetch: async ({ url }: Request) =>
    url.endsWith('/no-such-file')
      ? new Response(null, { status: 404 })
      : new Response('web', { headers: { 'content-type': 'text/plain' } }),
};
