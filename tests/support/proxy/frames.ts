// Cuts the server's half of a WebSocket connection into frames: just enough to find an acknowledgement.

const PAYLOAD_16 = 126;
const PAYLOAD_64 = 127;

export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** The whole frames that are complete now; a server's frames are not masked. */
  push(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Buffer[] = [];
    for (let length = this.#length(); length !== null; length = this.#length()) {
      frames.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
    return frames;
  }

  /** Of the first frame; null while it is not complete. */
  #length(): number | null {
    const head = this.#rest;
    if (head.length < 2) return null;
    const short = head.readUInt8(1) & 0x7f;
    const size = short === PAYLOAD_16 ? 4 : short === PAYLOAD_64 ? 10 : 2;
    if (head.length < size) return null;
    const payload =
      short === PAYLOAD_16
        ? head.readUInt16BE(2)
        : short === PAYLOAD_64
          ? Number(head.readBigUInt64BE(2))
          : short;
    return head.length < size + payload ? null : size + payload;
  }
}

/** An event tells its author that it is stored, as well as `accepted` does. */
const ACKNOWLEDGEMENTS = ['{"type":"accepted"', '{"type":"events"'].map((text) =>
  Buffer.from(text),
);

export const isAcknowledgement = (frame: Buffer): boolean =>
  ACKNOWLEDGEMENTS.some((beginning) => frame.subarray(2, 30).includes(beginning));
