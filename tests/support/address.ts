// The address that a simulated computer speaks from. A local server believes what a client says of it; Cloudflare
// overwrites it.

let last = 0;

/** Another one each time. */
export function newAddress(): Record<'cf-connecting-ip', string> {
  last += 1;
  return { 'cf-connecting-ip': `10.${(last >> 16) & 255}.${(last >> 8) & 255}.${last & 255}` };
}
