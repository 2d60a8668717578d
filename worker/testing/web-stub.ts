// Stands in for the built web server, so that the Worker's tests need no build.
export default {
  fetch: async () => new Response('web', { headers: { 'content-type': 'text/plain' } }),
};
