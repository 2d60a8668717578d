// Encrypts a message to one browser, so that the push service between can't read it: RFC 8291, in the coding of
// RFC 8188.

import { decodeBase64url } from './base64url.ts';

/** What a browser's subscription says: its public key, and a secret that it shares. In base64url. */
export interface ReceiverKeys {
  readonly p256dh: string;
  readonly auth: string;
}

/** What is random about a message. */
export interface Randomness {
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Of P-256, for this message alone. */
  readonly sender: CryptoKeyPair;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const RECORD_BYTES = 4096;
/** One record: header, a byte that ends it, and the tag of the cipher. */
export const MOST_BYTES = RECORD_BYTES - 86 - 17;
/** Ends the last record. */
const LAST_RECORD = 2;

/** Throws when the keys are none, or the message is longer than {@link MOST_BYTES}. */
export async function encrypt(
  message: Uint8Array,
  receiver: ReceiverKeys,
  { salt, sender }: Randomness,
): Promise<Uint8Array<ArrayBuffer>> {
  if (message.length > MOST_BYTES) throw new Error(`a message of ${message.length} bytes`);
  const receiverKey = decodeBase64url(receiver.p256dh);
  const senderKey = await rawKey(sender.publicKey);
  const shared = await sharedSecret(sender.privateKey, receiverKey);
  const info = joined(bytesOf('WebPush: info\0'), receiverKey, senderKey);
  const input = await derive(shared, decodeBase64url(receiver.auth), info, 32);
  const cek = await derive(input, salt, bytesOf('Content-Encoding: aes128gcm\0'), 16);
  const iv = await derive(input, salt, bytesOf('Content-Encoding: nonce\0'), 12);
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['encrypt']);
  const record = joined(message, Uint8Array.of(LAST_RECORD));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, record);
  return joined(salt, recordSize(), Uint8Array.of(senderKey.length), senderKey, sealed);
}

export async function newRandomness(): Promise<Randomness> {
  const sender = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
  // A key of an algorithm with two halves is a pair.
  return { salt: crypto.getRandomValues(new Uint8Array(16)), sender: sender as CryptoKeyPair };
}

async function rawKey(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array((await crypto.subtle.exportKey('raw', key)) as ArrayBuffer); // `raw` is no JWK.
}

async function sharedSecret(own: CryptoKey, theirs: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
  // The platform's types call the parameter by a name that no platform has.
  const algorithm = { name: 'ECDH', public: key } as unknown as SubtleCryptoDeriveKeyAlgorithm;
  return crypto.subtle.deriveBits(algorithm, own, 256);
}

/** HKDF with SHA-256. */
async function derive(
  secret: ArrayBuffer | Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, bytes * 8));
}

function recordSize(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, RECORD_BYTES);
  return bytes;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(text));

function joined(...parts: (Uint8Array | ArrayBuffer)[]): Uint8Array<ArrayBuffer> {
  const arrays = parts.map((part) => new Uint8Array(part));
  const whole = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}
