// The Worker's bindings, as wrangler.toml declares them.

import type { Agent } from './actors/agent/actor.ts';
import type { Conversation } from './actors/conversation/actor.ts';
import type { Department } from './actors/department/actor.ts';

declare global {
  namespace Cloudflare {
    interface Env {
      readonly CONVERSATION: DurableObjectNamespace<Conversation>;
      readonly DEPARTMENT: DurableObjectNamespace<Department>;
      readonly AGENT: DurableObjectNamespace<Agent>;
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
}

export type Env = Cloudflare.Env;
