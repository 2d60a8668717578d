// The server's HTTP side, as a visitor uses it.

import * as v from 'valibot';
import {
  visitorBody,
  widgetBody,
  type NewOfflineMessage,
  type VisitorIdentity as NewVisitor,
  type WidgetConfig,
} from '#shared/api.ts';
import type { Environment } from '#web/lib/live/environment.ts';

/** The status that asks to come back later. */
export const TOO_MUCH = 429;
/** The status that wants to know first that the visitor is human. */
export const UNCHECKED = 428;

/** The status that takes nothing from this visitor. */
export const BLOCKED = 423;

/** The status that says that no token, or a wrong one, was shown. */
export const UNKNOWN = 401;

/** The server answered, and said no. Not reaching it at all is a TypeError of `fetch`. */
export class RefusedByServer extends Error {
  override name = 'RefusedByServer';
  readonly status: number;

  constructor(status: number, body: string) {
    super(body);
    this.status = status;
  }
}

/** What the server answered; null: it was not reached. */
export const statusOf = (error: unknown): number | null =>
  error instanceof RefusedByServer ? error.status : null;

export class VisitorApi {
  readonly origin: string;
  readonly #environment: Pick<Environment, 'fetch'>;

  constructor(origin: string, environment: Pick<Environment, 'fetch'>) {
    this.origin = origin;
    this.#environment = environment;
  }

  config(department: string | null): Promise<WidgetConfig> {
    const query = department ? `?${new URLSearchParams({ department })}` : '';
    return this.ask(widgetBody, `/api/widget${query}`);
  }

  newVisitor(): Promise<NewVisitor> {
    return this.ask(visitorBody, '/api/visitors', { method: 'POST' });
  }

  /** The same visitor, with a new token. */
  renewed(token: string): Promise<NewVisitor> {
    const headers = { authorization: `Bearer ${token}` };
    return this.ask(visitorBody, '/api/visitors/renewal', { method: 'POST', headers });
  }

  async sendOfflineMessage(message: NewOfflineMessage, token: string): Promise<void> {
    await this.#fetch('/api/offline-messages', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
  }

  async ask<const S extends v.GenericSchema>(
    body: S,
    path: string,
    init?: RequestInit,
  ): Promise<v.InferOutput<S>> {
    return v.parse(body, await (await this.#fetch(path, init)).json());
  }

  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const response = await this.#environment.fetch(this.origin + path, {
      credentials: 'omit',
      ...init,
    });
    if (response.ok) return response;
    throw new RefusedByServer(response.status, await response.text());
  }
}
