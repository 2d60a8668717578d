// What wrangler.toml and .dev.vars bind to the Worker.
declare namespace Cloudflare {
  interface Env {
    CONVERSATION: DurableObjectNamespace<import('./index.ts').Conversation>;
    DEPARTMENT: DurableObjectNamespace<import('./index.ts').Department>;
    AGENT: DurableObjectNamespace<import('./index.ts').Agent>;
    LOGIN_GUARD: DurableObjectNamespace;
    DIRECTORY: D1Database;
    FILES: R2Bucket;
    ASSETS: Fetcher;
    settings: unknown;
    AUTH_SECRET: string;
    VISITOR_SECRET: string;
  }
}

interface Env extends Cloudflare.Env {}
