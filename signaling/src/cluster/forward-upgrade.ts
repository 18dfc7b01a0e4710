import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { SEAT_VISIT_PARAMETER, VisitId } from '@careconnect/contracts';
import { probeListener, type Logger } from '@careconnect/platform';
import { proxyUpgrade } from 'httpxy';
import type { Home, VisitHomes } from './visit-homes.ts';

/** Says that a sibling has sent it: it goes no further, should the two disagree for a moment. */
const HOP_HEADER = 'x-careconnect-hop';
const UPGRADE_TIMEOUT_MS = 5_000;

type Take = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Takes a page to the process that serves its visit, whichever it has come to: no balancer has to know visits. What a
 * page says of its visit here decides nothing but the way; who it is and where it may sit, the ticket says.
 * @param http - Socket.IO listens to it already
 * @param probe - whether a process listens at its address
 */
export function forwardUpgrades(http: Server, homes: VisitHomes, log: Logger, probe = probeListener): void {
  const takers = http.listeners('upgrade') as Take[];
  http.removeAllListeners('upgrade');
  http.on('upgrade', (request, socket, head) => {
    // Nobody else listens while its visit is looked for, and a connection that is reset would end the process.
    socket.on('error', () => socket.destroy());
    const stay = () => {
      for (const take of takers) take.call(http, request, socket, head);
    };
    findHome(request)
      .then((home) => (home && !socket.destroyed ? forward(home, request, socket, head) : stay()))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'a page was not taken to the process of its visit');
        socket.destroy();
      });
  });

  /** Null: it stays. Also when nobody knows: its arrival asks again. */
  async function findHome(request: IncomingMessage): Promise<Home | null> {
    const { searchParams } = new URL(request.url ?? '/', 'ws://any');
    const visitId = VisitId.safeParse(searchParams.get(SEAT_VISIT_PARAMETER));
    if (!visitId.success || request.headers[HOP_HEADER] !== undefined) return null;
    const home = await homes.findElsewhere(visitId.data).catch(() => null);
    // One that is merely silent may serve its visits all the while: its lease decides.
    if (!home || (await probe(home.url)) !== 'refused') return home;
    log.warn({ home }, 'the process of a visit is gone');
    await homes.bury(home).catch(() => undefined);
    return null;
  }

  async function forward(home: Home, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    request.headers[HOP_HEADER] = '1';
    const onward = await proxyUpgrade(home.url, request, socket, head, {
      xfwd: false,
      upgradeTimeout: UPGRADE_TIMEOUT_MS,
    });
    // Each end takes the other with it, however it ends.
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
  }
}
