// What the panel's conversation is begun with, and what it shares with the rest of the panel.

import type { AgentId } from '#shared/ids.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import type { SiteConfig } from './site-config.svelte.ts';
import type { VisitorApi } from './visitor-api.ts';
import type { VisitorDraft } from './visitor-draft.svelte.ts';
import type { VisitorIdentity } from './visitor-identity.ts';

export interface Parts {
  api: VisitorApi;
  visitor: VisitorIdentity;
  config: SiteConfig;
  draft: VisitorDraft;
  /** The agent whom the page asks for. */
  agentId: AgentId | null;
  environment: Environment;
  /** Resolves when the visitor has shown that they are human, or (false) can't be asked now. */
  check: () => Promise<boolean>;
}
