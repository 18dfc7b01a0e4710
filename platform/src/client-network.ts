import { isIPv6 } from 'node:net';

/**
 * The network an address belongs to, for counting what one client does. Whoever has one IPv6 address has the
 * 2^64 of its /64 (RFC 4291 section 2.5.4, RFC 8981), so a limit on single ones would limit nobody. An IPv4
 * address stands for itself, also inside an IPv6 one: mapped (RFC 4291 section 2.5.5.2) or translated on
 * its way (64:ff9b::/96, RFC 6052).
 */
export function networkOf(address: string): string {
  const [unscoped = ''] = address.split('%');
  if (!isIPv6(unscoped)) return address;
  const groups = groupsOf(unscoped);
  const prefix = groups.slice(0, 6).join(':');
  if (prefix === '0:0:0:0:0:ffff' || prefix === '64:ff9b:0:0:0:0') return toIPv4(groups.slice(6));
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** {@link networkOf}, and null for this machine's own: a proxy with everybody behind it, or ourselves. */
export function countedNetwork(address: string): string | null {
  const network = networkOf(address);
  return network === '' || network.startsWith('127.') || address === '::1' ? null : network;
}

/** All eight groups, in hexadecimal without leading zeros. */
function groupsOf(address: string): string[] {
  const [front = '', back] = address.replace(/[^:]+\.[^:]+$/, toGroups).split('::');
  const [head, tail] = [split(front), split(back ?? '')];
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail];
}

function split(part: string): string[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16).toString(16));
}

/** `192.0.2.1` as the two groups `c000:201`. */
function toGroups(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function toIPv4(groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
