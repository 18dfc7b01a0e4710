import type { TestNetwork } from '../network/network.ts';
import type { NetworkPath } from './network-path.ts';
import { RELAY_PORT, RELAY_TLS_PORT } from './relay.ts';

/** A patient's network, and the way that is left through it. */
export interface Condition {
  readonly name: string;
  readonly what: string;
  readonly path: NetworkPath;
  /** @param doorPort - where the pages come from, without which there is no visit at all */
  begin(network: TestNetwork, doorPort: number): Promise<void>;
  /** What becomes of the network while the two talk, until it is mended. */
  readonly narrow?: (network: TestNetwork) => Promise<void>;
}

/** A second: sound with all its headers (RTP, UDP, IP), and not the smallest picture beside it. */
const NARROW_KILOBYTES = 8;

export const CONDITIONS: readonly Condition[] = [
  {
    name: 'open',
    what: 'nothing is blocked',
    path: { protocol: 'udp', isRelayed: false },
    begin: () => Promise.resolve(),
  },
  {
    name: 'no-udp',
    what: 'UDP is blocked, and so is the relay',
    path: { protocol: 'tcp', isRelayed: false },
    // With a relay there are two ways over TCP, of which the browser takes the one that is open first.
    begin: (network) => network.letOnlyTcpThrough([RELAY_PORT, RELAY_TLS_PORT]),
  },
  {
    name: 'relay',
    what: 'only the pages and the relay can be reached, over TCP',
    path: { protocol: 'tcp', isRelayed: true },
    begin: (network, doorPort) => network.letOnlyPortsThrough([doorPort, RELAY_PORT]),
  },
  {
    name: 'relay-tls',
    what: 'only the pages and the relay’s TLS port can be reached',
    path: { protocol: 'tls', isRelayed: true },
    begin: (network, doorPort) => network.letOnlyPortsThrough([doorPort, RELAY_TLS_PORT]),
  },
  {
    name: 'narrow',
    what: `the connection carries ${NARROW_KILOBYTES * 8} kbit/s for a while: sound goes on, pictures come back`,
    path: { protocol: 'udp', isRelayed: false },
    begin: () => Promise.resolve(),
    narrow: (network) => network.narrow(NARROW_KILOBYTES),
  },
];
