// The Worker's bindings, as wrangler.toml declares them. Ambient: nothing imports this file.

declare namespace Cloudflare {
  interface Env {
    readonly CONVERSATION: DurableObjectNamespace<
      import('./actors/conversation/actor.ts').Conversation
    >;
    readonly DEPARTMENT: DurableObjectNamespace<import('./actors/department/actor.ts').Department>;
    readonly AGENT: DurableObjectNamespace<import('./actors/agent/actor.ts').Agent>;
    readonly DIRECT_CHAT: DurableObjectNamespace<
      import('./actors/direct-chat/actor.ts').DirectChat
    >;
    /** itty-durable's classes speak their own protocol, not native RPC, so this one has no type. */
    readonly LOGIN_GUARD: DurableObjectNamespace;
    /** Accounts, memberships, contacts, canned responses, the conversation index. */
    readonly DIRECTORY: D1Database;
    /** Avatars; later attachments and transcripts. */
    readonly FILES: R2Bucket;
    readonly ASSETS: Fetcher;
    /** `[vars.settings]`, not yet parsed. */
    readonly settings: unknown;
    /** Secret that signs sessions. */
    readonly AUTH_SECRET: string;
    /** Secret that signs visitors' tokens. */
    readonly VISITOR_SECRET: string;
    /** Secret that signs what an admin's routing endpoint is asked. */
    readonly ROUTING_SECRET: string;
  }
}

interface Env extends Cloudflare.Env {}
