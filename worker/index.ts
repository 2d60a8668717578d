// The Worker: the app, and the actor classes that Cloudflare starts by name.

import { app } from './http/app.ts';

export { Agent } from './actors/agent/actor.ts';
export { Conversation } from './actors/conversation/actor.ts';
export { Department } from './actors/department/actor.ts';
export { DirectChat } from './actors/direct-chat/actor.ts';
export { LoginGuard } from './actors/login-guard.ts';

export default app;
