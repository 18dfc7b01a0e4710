import type { TransportParameters } from '@careconnect/contracts';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const EVERY_MS = 20;
/** The first bytes of an RTP packet; what follows is encrypted with no key that anybody knows. */
const JUNK = Buffer.alloc(1_000, 0x5a).fill(Buffer.from([0x80, 96, 0, 1]), 0, 4);

/** Stands between a page and the SFU, and may send as if it were the page: from the same address and port. */
export interface UdpRelay {
  /** The SFU's end, as it is to be reached through here. */
  readonly transport: TransportParameters;
  /** Sends as much that nobody has encrypted, bits a second. */
  forge(bitrate: number): void;
  close(): void;
}

export async function createUdpRelay(transport: TransportParameters): Promise<UdpRelay> {
  const server = transport.iceCandidates.find(({ protocol }) => protocol === 'udp');
  if (!server) throw new Error('a transport without UDP');
  const { address, port } = server;
  const [toPage, toServer] = await Promise.all([bound(), bound()]);
  let page: { readonly address: string; readonly port: number } | null = null;
  toPage.on('message', (packet, from) => {
    page = from;
    toServer.send(packet, port, address);
  });
  toServer.on('message', (packet) => {
    if (page) toPage.send(packet, page.port, page.address);
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    transport: { ...transport, iceCandidates: [{ ...server, port: toPage.address().port }] },
    forge(bitrate) {
      let sent = 0;
      const began = performance.now();
      timer = setInterval(() => {
        const due = (bitrate * (performance.now() - began)) / 8_000;
        for (; sent < due; sent += JUNK.length) toServer.send(JUNK, port, address);
      }, EVERY_MS);
    },
    close() {
      clearInterval(timer);
      toPage.close();
      toServer.close();
    },
  };
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
