// What vitest.config.ts adds to the Worker's world.
declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
    TEST_SEARCH_MIGRATIONS: import('cloudflare:test').D1Migration[];
    /** A rate limit of three a minute, for tests of the platform's own. */
    LIMIT_TEST: RateLimit;
    /** How long the random hand plays, and by which seed. */
    MODEL: { readonly steps: number; readonly seed: number };
  }
  interface GlobalProps {
    mainModule: typeof import('../index.ts');
  }
}

declare module '*.md?raw' {
  const text: string;
  export default text;
}

declare module '*.toml?raw' {
  const text: string;
  export default text;
}
