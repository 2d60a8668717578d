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
    /** The words of all conversations, derived from their logs. */
    readonly SEARCH: D1Database;
    /** Avatars; later attachments and transcripts. */
    readonly FILES: R2Bucket;
    readonly ASSETS: Fetcher;
    /** What one client may ask for: worker/http/middleware/limits.ts. */
    readonly LIMIT_SIGN_IN: RateLimit;
    readonly LIMIT_SIGN_IN_ALL: RateLimit;
    readonly LIMIT_NEW_VISITOR: RateLimit;
    readonly LIMIT_NEW_VISITOR_ALL: RateLimit;
    readonly LIMIT_OFFLINE_MESSAGE: RateLimit;
    readonly LIMIT_OFFLINE_MESSAGE_OF_VISITOR: RateLimit;
    readonly LIMIT_OFFLINE_MESSAGE_ALL: RateLimit;
    readonly LIMIT_VISITOR_SOCKET: RateLimit;
    readonly LIMIT_SOCKET_OF_VISITOR: RateLimit;
    readonly LIMIT_AGENT_SOCKET: RateLimit;
    readonly LIMIT_PAGE: RateLimit;
    readonly LIMIT_PAGE_ALL: RateLimit;
    readonly LIMIT_WORKSPACE: RateLimit;
    readonly LIMIT_READ: RateLimit;
    /** `[vars.settings]`, not yet parsed. */
    readonly settings: unknown;
    /** Secret that signs sessions. */
    readonly AUTH_SECRET: string;
    /** Signs visitors' tokens, unless there is a later one: VISITOR_SECRET_2 and so on, which shared/secrets.ts finds. */
    readonly VISITOR_SECRET: string;
    /** Secret that signs what an admin's routing endpoint is asked. */
    readonly ROUTING_SECRET: string;
    /** The key by which push services know this deployment follows from it. */
    readonly PUSH_SECRET: string;
    /** Of the Turnstile widget, where the settings ask for one. */
    readonly TURNSTILE_SECRET_KEY?: string;
  }
}

interface Env extends Cloudflare.Env {}
