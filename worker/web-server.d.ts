// SvelteKit's built server, found through the alias in wrangler.toml.
declare module 'web-server' {
  const web: {
    fetch(request: Request, env: object, context: unknown): Promise<Response>;
  };
  export default web;
}
