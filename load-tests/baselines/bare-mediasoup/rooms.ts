import { ROUTER_MEDIA_CODECS } from '@careconnect/contracts';
import type {
  Consumer,
  DtlsParameters,
  Producer,
  Router,
  RouterRtpCodecCapability,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport,
  Worker,
} from 'mediasoup/types';

interface Seat {
  readonly rtpCapabilities: RtpCapabilities;
  readonly send: WebRtcTransport;
  readonly recv: WebRtcTransport;
  readonly producers: Producer[];
  readonly consumers: Map<string, Consumer>;
}

interface Room {
  readonly router: Router;
  readonly seats: Map<string, Seat>;
}

export interface Call {
  readonly roomId: string;
  readonly seatId: string;
  readonly rtpCapabilities: RtpCapabilities;
  readonly direction: 'send' | 'recv';
  readonly dtlsParameters: DtlsParameters;
  readonly rtpParameters: RtpParameters;
  readonly consumerIds: readonly string[];
}

/** Answers the few questions that the load asks; see `SfuControl` in `load-tests/src/sfu`. */
export function createRooms(worker: Worker): (name: string, call: Call) => Promise<unknown> {
  const rooms = new Map<string, Promise<Room>>();

  function roomOf(roomId: string): Promise<Room> {
    const room = rooms.get(roomId) ?? openRoom(worker);
    rooms.set(roomId, room);
    return room;
  }

  async function seatOf({ roomId, seatId }: Call): Promise<Seat> {
    const seat = (await roomOf(roomId)).seats.get(seatId);
    if (!seat) throw new Error(`Nobody has opened the seat ${seatId}.`);
    return seat;
  }

  return async (name, call) => {
    switch (name) {
      case 'open':
        return open(await roomOf(call.roomId), call);
      case 'connect':
        return (await seatOf(call))[call.direction].connect({ dtlsParameters: call.dtlsParameters });
      case 'produce': {
        const seat = await seatOf(call);
        seat.producers.push(await seat.send.produce({ kind: 'video', rtpParameters: call.rtpParameters }));
        return null;
      }
      case 'enter':
        return enter(await roomOf(call.roomId), await seatOf(call));
      case 'resume': {
        const { consumers } = await seatOf(call);
        for (const id of call.consumerIds) await consumers.get(id)?.resume();
        return null;
      }
      case 'close': {
        const { send, recv } = await seatOf(call);
        send.close();
        recv.close();
        (await roomOf(call.roomId)).seats.delete(call.seatId);
        return null;
      }
      default:
        throw new Error(`There is no call ${name}.`);
    }
  };
}

async function openRoom(worker: Worker): Promise<Room> {
  const mediaCodecs = structuredClone(ROUTER_MEDIA_CODECS) as unknown as RouterRtpCodecCapability[];
  return { router: await worker.createRouter({ mediaCodecs }), seats: new Map() };
}

async function open(room: Room, { seatId, rtpCapabilities }: Call): Promise<unknown> {
  const [send, recv] = await Promise.all([newTransport(room.router), newTransport(room.router)]);
  room.seats.set(seatId, { rtpCapabilities, send, recv, producers: [], consumers: new Map() });
  return { send: describe(send), recv: describe(recv) };
}

async function enter(room: Room, seat: Seat): Promise<unknown> {
  const tracks: unknown[] = [];
  for (const other of room.seats.values()) {
    if (other === seat) continue;
    for (const { id: producerId } of other.producers) {
      const consumer = await seat.recv.consume({
        producerId,
        rtpCapabilities: seat.rtpCapabilities,
        paused: true,
      });
      seat.consumers.set(consumer.id, consumer);
      tracks.push({ consumerId: consumer.id, rtpParameters: consumer.rtpParameters });
    }
  }
  return tracks;
}

function newTransport(router: Router): Promise<WebRtcTransport> {
  return router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
}

function describe({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport): unknown {
  return { id, iceParameters, iceCandidates, dtlsParameters };
}
