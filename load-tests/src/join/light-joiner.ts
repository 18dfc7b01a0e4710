import {
  SEAT_NAMESPACE,
  type Ack,
  type PeerConsumer,
  type seatRequests,
  type Welcome,
} from '@careconnect/contracts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { CLIENT_CAPABILITIES, VP8_PAYLOAD_TYPE } from '../rtc/capabilities.ts';
import { watch, type NativeWatcher } from '../rtc/native-peer.ts';
import { candidatesOf, dtlsParametersOf, transportDescription } from '../rtc/sdp.ts';
import { isRtp, KeyFrameWatch } from '../rtc/vp8-rtp.ts';

type Requests = typeof seatRequests;

const STEP_TIMEOUT_MS = 10_000;

/** Somebody in the lobby, with the receiving transport connected and the publisher's picture negotiated. */
export interface LightJoiner {
  /** Joins and waits for the first whole keyframe of the publisher. Milliseconds. */
  join(): Promise<number>;
  leave(): Promise<void>;
}

/**
 * Speaks the seat protocol as the page does, without a page: two cores cannot hold a browser for
 * everyone in a storm. It decodes nothing, so its first frame is the last packet of the first keyframe.
 */
export async function enterLobby(origin: string, ticket: string): Promise<LightJoiner> {
  const socket: Socket = io(`${origin}${SEAT_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { ticket, rtpCapabilities: CLIENT_CAPABILITIES },
  });
  const { transports, prepared } = await welcomeOn(socket);
  if (!transports) throw new Error('The server has no media for a joiner.');
  const picture = prepared.find(({ source }) => source === 'camera');
  const ssrc = picture?.rtpParameters.encodings?.[0]?.ssrc;
  if (ssrc === undefined) throw new Error('The room shows nobody.');
  const watcher = watch('127.0.0.1');
  const video = { mid: 'video', direction: 'sendonly', payloadType: VP8_PAYLOAD_TYPE, ssrc } as const;
  const offer = transportDescription(transports.recv, 'actpass', { data: true, video });
  const answer = await watcher.accept(offer);
  await ask(socket, 'transport:connect', { direction: 'recv', dtlsParameters: dtlsParametersOf(answer) });
  await watcher.reach(candidatesOf(transports.recv));
  return {
    join: () => join(socket, watcher, prepared),
    async leave() {
      await ask(socket, 'seat:leave', {});
      socket.disconnect();
      watcher.close();
    },
  };
}

async function join(
  socket: Socket,
  watcher: NativeWatcher,
  prepared: readonly PeerConsumer[],
): Promise<number> {
  const clickedAt = performance.now();
  const firstFrame = firstKeyFrame(watcher);
  await ask(socket, 'seat:join', { ready: prepared.map(({ id }) => id) });
  return (await firstFrame) - clickedAt;
}

function firstKeyFrame(watcher: NativeWatcher): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const timer = setTimeout(() => reject(new Error('A joiner saw no picture in time.')), STEP_TIMEOUT_MS);
  const keyFrames = new KeyFrameWatch();
  watcher.onPacket((packet) => {
    if (!isRtp(packet) || !keyFrames.accept(packet)) return;
    clearTimeout(timer);
    resolve(performance.now());
  });
  return promise;
}

function welcomeOn(socket: Socket): Promise<Welcome> {
  return new Promise((resolve, reject) => {
    socket.once('welcome', resolve);
    socket.once('connect_error', reject);
  });
}

async function ask<Name extends keyof Requests>(
  socket: Socket,
  name: Name,
  payload: z.input<Requests[Name]['payload']>,
): Promise<z.output<Requests[Name]['response']>> {
  const ack = (await socket.timeout(STEP_TIMEOUT_MS).emitWithAck(name, payload)) as Ack<
    z.output<Requests[Name]['response']>
  >;
  if (ack.ok) return ack.data;
  throw new Error(`signaling refused ${name}: ${ack.error.code}: ${ack.error.message}`);
}
