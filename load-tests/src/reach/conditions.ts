import type { Page } from 'playwright-core';
import type { TestNetwork } from '../network/network.ts';
import type { PictureLog } from '../pages/picture-log.ts';
import { talkThroughCut } from './cut-talk.ts';
import { talkOverNarrow } from './narrow-talk.ts';
import type { NetworkPath } from './network-path.ts';
import type { Ordeal } from './ordeal.ts';
import { RELAY_PORT, RELAY_TLS_PORT, type Relay } from './relay.ts';
import { talkThroughRestarts } from './relay-restarts.ts';

/** Two people who talk. */
export interface Talk {
  readonly network: TestNetwork;
  readonly relay: Relay;
  readonly doctor: Page;
  readonly patient: Page;
  /** What each of the two is shown. */
  readonly pictures: readonly PictureLog[];
}

/** A patient's network, and the way that is left through it. */
export interface Condition {
  readonly name: string;
  readonly what: string;
  readonly path: NetworkPath;
  /** @param doorPort - where the pages come from, without which there is no visit at all */
  begin(network: TestNetwork, doorPort: number): Promise<void>;
  /** What happens to them while they talk. */
  readonly ordeal?: (talk: Talk) => Promise<Ordeal>;
}

const ONLY_RELAY = {
  path: { protocol: 'tcp', isRelayed: true },
  begin: (network, doorPort) => network.letOnlyPortsThrough([doorPort, RELAY_PORT]),
} as const satisfies Pick<Condition, 'path' | 'begin'>;

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
    ...ONLY_RELAY,
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
    ordeal: ({ network, ...people }) => talkOverNarrow(people, network, NARROW_KILOBYTES),
  },
  {
    name: 'cut',
    what: 'the patient’s packets vanish for a while: both are told within seconds, and meet again by themselves',
    path: { protocol: 'udp', isRelayed: false },
    begin: () => Promise.resolve(),
    ordeal: ({ patient, doctor, network }) => talkThroughCut({ patient, doctor }, network),
  },
  {
    name: 'relay-restart',
    what: 'as relay, which is killed in the visit and started again a second later',
    ...ONLY_RELAY,
    ordeal: ({ pictures, relay }) => talkThroughRestarts(pictures, relay, { downMs: 1_000, times: 5 }),
  },
  {
    name: 'relay-away',
    what: 'as relay, which is away for 20 s: longer than a browser waits for a way',
    ...ONLY_RELAY,
    ordeal: ({ pictures, relay }) => talkThroughRestarts(pictures, relay, { downMs: 20_000, times: 2 }),
  },
];
