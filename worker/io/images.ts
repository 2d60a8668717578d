// Tells a raster image by its first bytes. What the client calls it counts for nothing.

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

const has = (bytes: Uint8Array, magic: number[], offset = 0): boolean =>
  magic.every((byte, index) => bytes[offset + index] === byte);

/** null for anything else, SVG included: that is a document that can run scripts. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (has(bytes, PNG)) return 'image/png';
  if (has(bytes, JPEG)) return 'image/jpeg';
  if (has(bytes, RIFF) && has(bytes, WEBP, 8)) return 'image/webp';
  return null;
}
