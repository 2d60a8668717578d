// A device that makes and uses passkeys, as a browser answers for it.

import type { UsedCredential } from '#shared/account/api.ts';

const ORIGIN = 'https://parley.test';
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text));
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );

/** As much of CBOR as an attestation needs. */
const bytesIn = (bytes: Uint8Array) =>
  bytes.length < 256
    ? joined(Uint8Array.of(0x58, bytes.length), bytes)
    : joined(Uint8Array.of(0x59, bytes.length >> 8, bytes.length & 0xff), bytes);
const textIn = (text: string) => joined(Uint8Array.of(0x60 + text.length), bytesOf(text));

export class Authenticator {
  readonly #key: CryptoKeyPair;
  readonly #id = crypto.getRandomValues(new Uint8Array(16));
  readonly #isVerifying: boolean;

  private constructor(key: CryptoKeyPair, isVerifying: boolean) {
    this.#key = key;
    this.#isVerifying = isVerifying;
  }

  /** @param isVerifying whether it makes sure who uses it */
  static async make(isVerifying = true): Promise<Authenticator> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    return new Authenticator(key as CryptoKeyPair, isVerifying); // ECDSA keys are pairs.
  }

  async create({ challenge }: { challenge: string }) {
    const attestation = joined(
      Uint8Array.of(0xa3),
      ...[textIn('fmt'), textIn('none'), textIn('attStmt'), Uint8Array.of(0xa0)],
      ...[textIn('authData'), bytesIn(await this.#data(await this.#credential()))],
    );
    return {
      ...this.#named(),
      response: {
        clientDataJSON: base64url(this.#client('webauthn.create', challenge)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      },
    };
  }

  async use({ challenge }: { challenge: string }): Promise<UsedCredential> {
    const client = this.#client('webauthn.get', challenge);
    const data = await this.#data();
    const signed = joined(data, await sha256(client));
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const raw = await crypto.subtle.sign(algorithm, this.#key.privateKey, signed);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(inDer(new Uint8Array(raw))),
      },
    };
  }

  #named() {
    const id = base64url(this.#id);
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  #client(type: string, challenge: string): Uint8Array<ArrayBuffer> {
    return bytesOf(JSON.stringify({ type, challenge, origin: ORIGIN, crossOrigin: false }));
  }

  async #data(credential?: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const flags =
      USER_PRESENT | (this.#isVerifying ? USER_VERIFIED : 0) | (credential ? HAS_CREDENTIAL : 0);
    const host = await sha256(bytesOf(new URL(ORIGIN).hostname));
    return joined(host, Uint8Array.of(flags, 0, 0, 0, 0), credential ?? new Uint8Array());
  }

  async #credential(): Promise<Uint8Array<ArrayBuffer>> {
    const { x = '', y = '' } = (await crypto.subtle.exportKey(
      'jwk',
      this.#key.publicKey,
    )) as JsonWebKey; // What `jwk` gives.
    const key = joined(
      Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
      bytesIn(fromBase64url(x)),
      Uint8Array.of(0x22),
      bytesIn(fromBase64url(y)),
    );
    return joined(new Uint8Array(16), Uint8Array.of(0, this.#id.length), this.#id, key);
  }
}

/** A signature's two numbers, as WebAuthn writes them. */
function inDer(raw: Uint8Array): Uint8Array {
  const number = (half: Uint8Array) => {
    const start = half.findIndex((byte) => byte !== 0);
    const bytes = half.slice(start);
    const signed = (bytes[0] ?? 0) > 0x7f ? joined(Uint8Array.of(0), bytes) : bytes;
    return joined(Uint8Array.of(0x02, signed.length), signed);
  };
  const numbers = joined(number(raw.slice(0, 32)), number(raw.slice(32)));
  return joined(Uint8Array.of(0x30, numbers.length), numbers);
}
