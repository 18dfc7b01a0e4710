import { ROUTER_MEDIA_CODECS } from '@careconnect/contracts';
import { createWorker } from 'mediasoup';
import type { Consumer, Producer, Router, RouterRtpCodecCapability, WebRtcTransport } from 'mediasoup/types';
import type { Socket } from 'socket.io';
import type { Announcements, Requests } from './protocol.ts';

/** As long as mediasoup's own demo waits before it ends because a worker has died. */
const LAST_WORDS_MS = 2_000;

type RoomSocket = Socket<Requests, Announcements>;

interface Room {
  readonly seat: (socket: RoomSocket) => void;
  readonly close: () => void;
}

/** @param address - where media arrives, and which the pages are told */
export async function createRoom(address: string): Promise<Room> {
  const worker = await createWorker({ logLevel: 'none' });
  worker.on('died', () => setTimeout(() => process.exit(1), LAST_WORDS_MS));
  const mediaCodecs = structuredClone(ROUTER_MEDIA_CODECS) as unknown as RouterRtpCodecCapability[];
  const router = await worker.createRouter({ mediaCodecs });
  const producers = new Map<string, { producer: Producer; owner: string }>();
  return { seat: (socket) => seat(socket, { router, address, producers }), close: () => worker.close() };
}

interface RoomParts {
  readonly router: Router;
  readonly address: string;
  readonly producers: Map<string, { producer: Producer; owner: string }>;
}

function seat(socket: RoomSocket, { router, address, producers }: RoomParts): void {
  const transports = new Map<string, WebRtcTransport>();
  const consumers = new Map<string, Consumer>();
  const transport = (id: string): WebRtcTransport => {
    const found = transports.get(id);
    if (!found) throw new Error(`There is no transport ${id}.`);
    return found;
  };

  socket.on('getRouterRtpCapabilities', (_payload, answer) => answer(router.rtpCapabilities));

  socket.on('createTransport', async (_payload, answer) => {
    const created = await router.createWebRtcTransport({
      listenInfos: [{ protocol: 'udp', ip: address }],
      initialAvailableOutgoingBitrate: 1_000_000,
    });
    transports.set(created.id, created);
    const { id, iceParameters, iceCandidates, dtlsParameters } = created;
    answer({ id, iceParameters, iceCandidates, dtlsParameters });
  });

  socket.on('connectTransport', async ({ transportId, dtlsParameters }, answer) => {
    await transport(transportId).connect({ dtlsParameters });
    answer(null);
  });

  socket.on('produce', async ({ transportId, kind, rtpParameters }, answer) => {
    const producer = await transport(transportId).produce({ kind, rtpParameters });
    producers.set(producer.id, { producer, owner: socket.id });
    producer.observer.on('close', () => producers.delete(producer.id));
    answer({ id: producer.id });
    socket.broadcast.emit('newProducer', { producerId: producer.id });
  });

  socket.on('getProducers', (_payload, answer) => {
    const others = [...producers.values()].filter(({ owner }) => owner !== socket.id);
    answer(others.map(({ producer }) => producer.id));
  });

  socket.on('consume', async ({ transportId, producerId, rtpCapabilities }, answer) => {
    const consumer = await transport(transportId).consume({ producerId, rtpCapabilities, paused: true });
    consumers.set(consumer.id, consumer);
    consumer.on('producerclose', () => {
      consumers.delete(consumer.id);
      socket.emit('consumerClosed', { consumerId: consumer.id });
    });
    const { id, kind, rtpParameters } = consumer;
    answer({ id, producerId, kind, rtpParameters });
  });

  socket.on('resume', async ({ consumerId }, answer) => {
    await consumers.get(consumerId)?.resume();
    answer(null);
  });

  socket.on('disconnect', () => transports.forEach((each) => each.close()));
}
