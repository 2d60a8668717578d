// The Worker: the app, and the actor classes that Cloudflare starts by name.
import { DurableObject } from 'cloudflare:workers';
import { app } from './app.ts';

export class Conversation extends DurableObject {}
export class Department extends DurableObject {}
export class Agent extends DurableObject {}
export class LoginGuard extends DurableObject {}

export default app;
