// The visitor's API: for the widget, on Parley's own origin and on the sites of allowed_origins.

import { Hono } from 'hono';
import { guarded } from './guarded.ts';
import { limited, limitedVisitor } from './middleware/limits.ts';
import { visitorOriginsOnly } from './middleware/origin.ts';
import { requireVisitor, type KnownVisitor } from './middleware/visitor.ts';
import { checks } from './routes/checks.ts';
import { conversationEvents } from './routes/conversation-events.ts';
import { leaveOfflineMessage } from './routes/leave-offline-message.ts';
import { visitorRenewal } from './routes/visitor-renewal.ts';
import { visitors } from './routes/visitors.ts';

export const visitorApi = new Hono<KnownVisitor>()
  .route('/', guarded([visitorOriginsOnly, limited], visitors, checks, conversationEvents))
  .route('/', guarded([visitorOriginsOnly, limited, requireVisitor], visitorRenewal))
  .route(
    '/',
    guarded([visitorOriginsOnly, limited, requireVisitor, limitedVisitor], leaveOfflineMessage),
  );

// A browser asks beforehand whether another site may send a token or JSON.
for (const path of new Set(visitorApi.routes.map((route) => route.path))) {
  visitorApi.options(path, visitorOriginsOnly);
}
