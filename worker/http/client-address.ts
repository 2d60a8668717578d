// Where a request comes from, as far as limits tell clients apart.

/** Who has an IPv6 address has as many as they like of the same /64. */
const NETWORK_GROUPS = 4;

/** All whose address is not known are one. */
export function clientAddress(request: Request): string {
  const address = request.headers.get('cf-connecting-ip')?.trim() ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(':') ? networkOf(address.toLowerCase()) : address || 'unknown';
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...zeros, ...rest]
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
