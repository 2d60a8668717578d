// What every page can rely on.
import type { Density, Theme } from '#shared/account/preferences.ts';
import type { DirectChatPage } from '#shared/direct-chat/api.ts';
import type { Opening } from '#web/lib/live/conversation-stores.ts';

declare global {
  namespace App {
    interface Locals {
      /** Null: as the device has it. */
      theme: Theme | null;
      density: Density;
    }
    interface PageData {
      /** The conversation that the page shows. */
      conversation?: Opening;
      /** Of a page beside the conversations. */
      title?: string;
      /** The direct chat that it shows. */
      direct?: DirectChatPage;
    }
    /** `event.platform`: the API, and nothing else of the Worker. */
    interface Platform {
      env: { API: (request: Request) => Promise<Response> };
    }
  }
}
