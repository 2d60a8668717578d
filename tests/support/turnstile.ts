// Stands in for Cloudflare's Turnstile, by what is published of it:
// https://developers.cloudflare.com/turnstile/get-started/server-side-validation/

export const SITE_KEY = '0x4AAAAAAAParleyTest';
export const SECRET_KEY = '0x4AAAAAAAParleyTestSecret';
export const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';
export const SCRIPT = 'https://challenges.cloudflare.com/turnstile/v0/api.js';

const VALID_FOR_MS = 300_000;
const TOKEN_CHARACTERS = 2_048;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PARAMETERS = ['secret', 'response', 'remoteip', 'idempotency_key'];

interface Issued {
  readonly hostname: string;
  readonly action: string;
  readonly at: number;
  /** Of the request that it counted for. */
  usedBy: string | null;
}

type Fields = Record<string, string>;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

export class FakeTurnstile {
  readonly #issued = new Map<string, Issued>();
  /** What was asked, and is not as published. */
  readonly complaints: string[] = [];
  readonly requests: Fields[] = [];
  /** Of the next answers, what goes wrong on Cloudflare's side. */
  readonly troubles: ('internal-error' | 'unreachable' | 'not JSON')[] = [];
  isDown = false;
  now = () => Date.now();

  /** A token, as the script gives it to a page. */
  issue(hostname: string, action = 'parley'): string {
    const token = `0.${crypto.randomUUID()}`;
    this.#issued.set(token, { hostname, action, at: this.now(), usedBy: null });
    return token;
  }

  /** Answers like siteverify. Throws when it can't be reached. */
  async answer(asked: Asked): Promise<{ status: number; body: string }> {
    const trouble = this.isDown ? 'unreachable' : this.troubles.shift();
    if (trouble === 'unreachable') throw new TypeError('fetch failed');
    if (trouble === 'not JSON') return { status: 502, body: '<h1>Bad gateway</h1>' };
    const fields = this.#parse(asked);
    this.requests.push(fields);
    const codes = trouble ? [trouble] : this.#judge(fields);
    const issued = this.#issued.get(fields['response'] ?? '');
    const facts = codes.length === 0 ? (issued ?? null) : null;
    return { status: 200, body: JSON.stringify(answerOf(codes, facts)) };
  }

  #parse({ method, url, type, body }: Asked): Fields {
    if (method !== 'POST' || url !== SITEVERIFY) this.complaints.push(`${method} ${url}`);
    const isForm = type === 'application/x-www-form-urlencoded';
    if (!isForm && type !== 'application/json') this.complaints.push(`content-type ${type}`);
    const found: object = isForm
      ? Object.fromEntries(new URLSearchParams(body))
      : (JSON.parse(body) as object);
    const fields: Fields = {};
    for (const [name, value] of Object.entries(found) as [string, unknown][]) {
      if (!PARAMETERS.includes(name)) this.complaints.push(`parameter ${name}`);
      if (typeof value === 'string') fields[name] = value;
      else this.complaints.push(`${name} is no text`);
    }
    const { idempotency_key: key } = fields;
    if (key !== undefined && !UUID.test(key)) this.complaints.push('idempotency_key');
    return fields;
  }

  #judge({ secret, response, idempotency_key: key }: Fields): string[] {
    if (!secret) return ['missing-input-secret'];
    if (secret !== SECRET_KEY) return ['invalid-input-secret'];
    if (!response) return ['missing-input-response'];
    const issued = this.#issued.get(response);
    if (!issued || response.length > TOKEN_CHARACTERS) return ['invalid-input-response'];
    const isRepeated = issued.usedBy !== null && issued.usedBy !== key;
    if (isRepeated || this.now() - issued.at > VALID_FOR_MS) return ['timeout-or-duplicate'];
    issued.usedBy = key ?? crypto.randomUUID();
    return [];
  }
}

function answerOf(codes: string[], facts: Pick<Issued, 'hostname' | 'action' | 'at'> | null) {
  const common = { success: codes.length === 0, 'error-codes': codes, messages: [] };
  if (!facts) return common;
  const { hostname, action, at } = facts;
  return { ...common, hostname, action, cdata: '', challenge_ts: new Date(at).toISOString() };
}

/** The fetch of a program for which it stands in. */
export const fetchFrom =
  (turnstile: FakeTurnstile): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { status, body } = await turnstile.answer({
      method: request.method,
      url: request.url,
      type: request.headers.get('content-type') ?? '',
      body: await request.text(),
    });
    return new Response(body, { status, headers: { 'content-type': 'application/json' } });
  };
