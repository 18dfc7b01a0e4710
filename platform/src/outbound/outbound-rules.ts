import ipaddr from 'ipaddr.js';
import { outboundErrors } from './outbound-error.ts';

/** Where the machines of a cloud ask for their keys. Some are public addresses, and no list of an operator opens one. */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]);
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

export interface OutboundRules {
  /** Ports that anybody may name. */
  readonly ports: readonly number[];
  /** What the operator opens besides: `host`, `host:port`, an address, or a network such as `10.1.0.0/16`. */
  readonly allowed: readonly string[];
}

export interface OutboundTarget {
  readonly url: URL;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  /** Throws unless all of these may be connected to: one that may not is reason enough to trust none. */
  check(addresses: readonly string[]): void;
}

/** Reads an address that came from a person or a setting of a tenant. Errors: {@link outboundErrors}. */
export function readTarget(address: string, rules: OutboundRules): OutboundTarget {
  if (!URL.canParse(address)) throw outboundErrors.malformed();
  const url = new URL(address);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
  const isNamed = rules.allowed.includes(host) || rules.allowed.includes(`${host}:${port}`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNamed)) throw outboundErrors.scheme(host);
  if (url.username !== '' || url.password !== '') throw outboundErrors.credentials(host);
  if (port === undefined || !(rules.ports.includes(port) || rules.allowed.includes(`${host}:${port}`)))
    throw outboundErrors.port(host);

  return {
    url,
    host,
    check(addresses) {
      if (addresses.length === 0) throw outboundErrors.unresolved(host);
      const isOpen = (one: string) => isReachable(one) && (isPublic(one) || isNamed || isAllowed(one, rules));
      if (!addresses.every(isOpen)) throw outboundErrors.address(host);
      // Unencrypted, it must not leave this machine.
      if (url.protocol === 'http:' && !addresses.every((one) => ipaddr.parse(one).range() === 'loopback'))
        throw outboundErrors.scheme(host);
    },
  };
}

/** Of addresses that no list opens: those of nobody in particular, and what hides an IPv4 address in an IPv6 one. */
const NEVER = new Set<string>([
  'unspecified',
  'broadcast',
  'multicast',
  'ipv4Mapped',
  'rfc6145',
  'rfc6052',
  '6to4',
  'teredo',
]);
/** IPv4-compatible addresses (RFC 4291 section 2.5.5.1), deprecated. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96');
/** All that has been given to networks of the internet; the rest of IPv6 is special or nobody's. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

function isReachable(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range: string = parsed.range();
  if (METADATA.has(parsed.toString()) || NEVER.has(range)) return false;
  return !(parsed instanceof ipaddr.IPv6 && range !== 'loopback' && parsed.match(IPV4_COMPATIBLE));
}

/** What is special (private, loopback, link-local, shared, reserved, …) has a range of another name. */
function isPublic(address: string): boolean {
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}

function isAllowed(address: string, { allowed }: OutboundRules): boolean {
  const parsed = ipaddr.parse(address);
  return allowed.some((entry) => {
    if (ipaddr.isValid(entry)) return ipaddr.parse(entry).toString() === parsed.toString();
    if (!ipaddr.isValidCIDR(entry)) return false;
    const [network, bits] = ipaddr.parseCIDR(entry);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}
