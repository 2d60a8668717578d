// Stands in for the push services and for the browsers behind them. It holds what is sent to it against the RFCs 8030,
// 8188, 8291 and 8292, by code of its own, and decrypts it as a browser would.

const CURVE = 'P-256';
const MOST_BODY_BYTES = 4_096;
const DAY_SECONDS = 86_400;

interface Pushed {
  /** Of the device that it is for. */
  readonly endpoint: string;
  readonly message: unknown;
  readonly topic: string;
}

interface Device {
  readonly keys: CryptoKeyPair;
  readonly auth: Uint8Array<ArrayBuffer>;
}

export class FakePushService {
  readonly #devices = new Map<string, Device>();
  /** What was asked, and is not as the RFCs have it. */
  readonly complaints: string[] = [];
  readonly pushed: Pushed[] = [];
  /** Statuses of the next answers, one each; then all is well. */
  readonly statuses: number[] = [];
  now = () => Date.now();

  /** A browser subscribes: what its page tells Parley. */
  async subscribe(name = 'Firefox on Linux') {
    const keys = await ecdhKeys();
    const auth = crypto.getRandomValues(new Uint8Array(16));
    const endpoint = `https://updates.push.services.mozilla.com/wpush/v2/${crypto.randomUUID()}`;
    this.#devices.set(endpoint, { keys, auth });
    const p256dh = text64(await rawOf(keys.publicKey));
    return { endpoint, keys: { p256dh, auth: text64(auth) }, name };
  }

  /** The messages for a device, as the browser would show them. */
  shownOn({ endpoint }: { endpoint: string }): unknown[] {
    return this.pushed.filter((one) => one.endpoint === endpoint).map(({ message }) => message);
  }

  /** The fetch of a program for which it stands in; what is asked of others goes on. */
  fetchInstead(onward: typeof fetch = fetch): typeof fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      const isOurs = new URL(request.url).host.endsWith('push.services.mozilla.com');
      return isOurs ? new Response(null, { status: await this.answer(request) }) : onward(request);
    };
  }

  /** Answers with the status. */
  async answer(request: Request): Promise<number> {
    const status = this.statuses.shift();
    if (status !== undefined) return status;
    const device = this.#devices.get(request.url);
    if (!device) return 404;
    this.#expect(request.method === 'POST', 'POST');
    this.#expect(/^\d+$/.test(request.headers.get('ttl') ?? ''), 'TTL');
    const topic = request.headers.get('topic') ?? '';
    this.#expect(/^[\w-]{1,32}$/.test(topic), 'Topic');
    await this.#checkSender(request);
    const body = new Uint8Array(await request.arrayBuffer());
    this.#expect(request.headers.get('content-encoding') === 'aes128gcm', 'Content-Encoding');
    this.#expect(body.length <= MOST_BODY_BYTES, 'size');
    const message: unknown = JSON.parse(await decrypted(body, device));
    this.pushed.push({ endpoint: request.url, message, topic });
    return 201;
  }

  /** RFC 8292: a token of the one who sends, signed with the key that is named beside it. */
  async #checkSender({ headers, url }: Request): Promise<void> {
    const [, t = '', k = ''] =
      /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.get('authorization') ?? '') ?? [];
    const [head = '', claims = '', signature = ''] = t.split('.');
    const { aud, exp, sub } = json64(claims) as { aud: string; exp: number; sub: string };
    const seconds = this.now() / 1000;
    this.#expect((json64(head) as { alg: string }).alg === 'ES256', 'alg');
    this.#expect(aud === new URL(url).origin, 'aud');
    this.#expect(exp > seconds && exp <= seconds + DAY_SECONDS, 'exp');
    this.#expect(/^(https:|mailto:)/.test(sub), 'sub');
    const algorithm = { name: 'ECDSA', namedCurve: CURVE };
    const key = await crypto.subtle.importKey('raw', bytes64(k), algorithm, false, ['verify']);
    const signed = new TextEncoder().encode(`${head}.${claims}`);
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    this.#expect(await crypto.subtle.verify(how, key, bytes64(signature), signed), 'signature');
  }

  #expect(isSo: boolean, what: string): void {
    if (!isSo) this.complaints.push(what);
  }
}

/** RFC 8291 from the browser's side. Throws where a browser would drop the message. */
export async function decrypted(
  body: Uint8Array<ArrayBuffer>,
  { keys, auth }: Device,
): Promise<string> {
  const salt = body.slice(0, 16);
  const recordBytes = new DataView(body.buffer, body.byteOffset).getUint32(16);
  const senderKey = body.slice(21, 21 + (body[20] ?? 0));
  const sealed = body.slice(21 + senderKey.length);
  if (sealed.length > recordBytes) throw new Error('more than one record');
  const algorithm = { name: 'ECDH', namedCurve: CURVE };
  const sender = await crypto.subtle.importKey('raw', senderKey, algorithm, false, []);
  // workers-types name the parameter otherwise than the platform does.
  const exchange = { name: 'ECDH', public: sender } as never;
  const secret = await crypto.subtle.deriveBits(exchange, keys.privateKey, 256);
  const info: number[] = [
    ...ascii('WebPush: info\0'),
    ...(await rawOf(keys.publicKey)),
    ...senderKey,
  ];
  const input = await hkdf(secret, auth, Uint8Array.from(info), 256);
  const cek = await hkdf(input, salt, ascii('Content-Encoding: aes128gcm\0'), 128);
  const iv = await hkdf(input, salt, ascii('Content-Encoding: nonce\0'), 96);
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt']);
  const record = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
  const plain = new Uint8Array(record);
  const end = plain.findLastIndex((byte) => byte !== 0);
  if (plain[end] !== 2) throw new Error('no end of the last record');
  return new TextDecoder().decode(plain.slice(0, end));
}

async function ecdhKeys(): Promise<CryptoKeyPair> {
  const algorithm = { name: 'ECDH', namedCurve: CURVE };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['deriveBits']);
  if (!('privateKey' in keys)) throw new Error('an algorithm with two halves makes a pair');
  return keys;
}

async function hkdf(
  secret: ArrayBuffer,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  bits: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, bits);
}

async function rawOf(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const raw = await crypto.subtle.exportKey('raw', key);
  if (!(raw instanceof ArrayBuffer)) throw new Error('only a JWK is no bytes');
  return new Uint8Array(raw);
}

const ascii = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(text));

export const bytes64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));

export const text64 = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const json64 = (text: string): unknown => JSON.parse(new TextDecoder().decode(bytes64(text)));
