import { ROUTER_MEDIA_CODECS } from '@careconnect/contracts';
import { createWorker } from 'mediasoup';
import type { Consumer, Producer, Router, RouterRtpCodecCapability, WebRtcTransport } from 'mediasoup/types';
import type { Socket } from 'socket.io';
import type { Requests } from './protocol.ts';

interface Room {
  readonly seat: (socket: Socket<Requests>) => void;
  readonly close: () => void;
}

export async function createRoom(): Promise<Room> {
  const worker = await createWorker({ logLevel: 'none' });
  const mediaCodecs = structuredClone(ROUTER_MEDIA_CODECS) as unknown as RouterRtpCodecCapability[];
  const router = await worker.createRouter({ mediaCodecs });
  const producers = new Map<string, { producer: Producer; owner: string }>();
  return { seat: (socket) => seat(socket, router, producers), close: () => worker.close() };
}

function seat(
  socket: Socket<Requests>,
  router: Router,
  producers: Map<string, { producer: Producer; owner: string }>,
): void {
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
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
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
  });

  socket.on('getProducers', (_payload, answer) => {
    const others = [...producers.values()].filter(({ owner }) => owner !== socket.id);
    answer(others.map(({ producer }) => producer.id));
  });

  socket.on('consume', async ({ transportId, producerId, rtpCapabilities }, answer) => {
    const consumer = await transport(transportId).consume({ producerId, rtpCapabilities, paused: true });
    consumers.set(consumer.id, consumer);
    const { id, kind, rtpParameters } = consumer;
    answer({ id, producerId, kind, rtpParameters });
  });

  socket.on('resume', async ({ consumerId }, answer) => {
    await consumers.get(consumerId)?.resume();
    answer(null);
  });

  socket.on('disconnect', () => transports.forEach((each) => each.close()));
}
