// Parley's Worker with handles for the benchmark under /bench/. Nobody deploys it.

import { app } from '../../worker/http/app.ts';
import { conversationsMade } from './actors.ts';
import { control } from './control.ts';
import { ledger } from '../../worker/testing/ledger.ts';

/** All other actors as they are; those that are named here take the place of theirs. */
export * from '../../worker/index.ts';
export { Agent, Conversation, Department } from './actors.ts';

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/bench/')) {
      ledger.countWorkerRequest();
      return app.fetch(request, env, context);
    }
    if (pathname === '/bench/constructed') return Response.json(conversationsMade());
    return control.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
