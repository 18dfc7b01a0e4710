import { randomUUID } from 'node:crypto';
import type { RtpParameters } from '@careconnect/contracts';
import { CLIENT_CAPABILITIES, VP8_PAYLOAD_TYPE } from '../rtc/capabilities.ts';
import { publish, watch, type NativeWatcher, type Receiver } from '../rtc/native-peer.ts';
import { candidatesOf, dtlsParametersOf, transportDescription } from '../rtc/sdp.ts';
import type { Clients, LoadShape, Publishing } from './measured-server.ts';
import type { SfuControl } from './sfu-control.ts';

const LOOPBACK = '127.0.0.1';

/** Fills rooms of a mediasoup server through its control. */
export async function joinMediasoup(
  control: SfuControl,
  { rooms, watchers, newAudience }: LoadShape,
): Promise<Clients> {
  const clients: { publishing: Publishing[]; watchers: NativeWatcher[] } = { publishing: [], watchers: [] };
  for (let room = 0; room < rooms; room++) {
    const roomId = randomUUID();
    clients.publishing.push(await joinPublisher(control, roomId, 1000 + room));
    for (let index = 0; index < watchers; index++) {
      clients.watchers.push(await joinWatcher(control, roomId, watch(LOOPBACK)));
    }
    for (const receiver of newAudience?.() ?? []) await joinWatcher(control, roomId, receiver);
  }
  return clients;
}

export async function joinPublisher(control: SfuControl, roomId: string, ssrc: number): Promise<Publishing> {
  const seat = { roomId, seatId: randomUUID() };
  const { send } = await control.open(seat, CLIENT_CAPABILITIES);
  const publisher = await publish(
    { mid: '0', payloadType: VP8_PAYLOAD_TYPE, ssrc, address: LOOPBACK },
    async (offer) => {
      await control.connect(seat, 'send', dtlsParametersOf(offer));
      const video = { mid: '0', direction: 'recvonly', payloadType: VP8_PAYLOAD_TYPE } as const;
      return { sdp: transportDescription(send, 'passive', { video }), candidates: candidatesOf(send) };
    },
  );
  await control.produce(seat, publisherParameters(ssrc));
  await control.enter(seat);
  return { publisher, ssrc, payloadType: VP8_PAYLOAD_TYPE };
}

async function joinWatcher<Watcher extends Receiver>(
  control: SfuControl,
  roomId: string,
  watcher: Watcher,
): Promise<Watcher> {
  const seat = { roomId, seatId: randomUUID() };
  const { recv } = await control.open(seat, CLIENT_CAPABILITIES);
  const [track] = await control.enter(seat);
  const ssrc = track?.rtpParameters.encodings?.[0]?.ssrc;
  if (track === undefined || ssrc === undefined)
    throw new Error('The server gave a watcher nothing to watch.');
  const video = { mid: '0', direction: 'sendonly', payloadType: VP8_PAYLOAD_TYPE, ssrc } as const;
  const answer = await watcher.accept(transportDescription(recv, 'actpass', { video }));
  await control.connect(seat, 'recv', dtlsParametersOf(answer));
  await watcher.reach(candidatesOf(recv));
  await control.resume(seat, [track.consumerId]);
  return watcher;
}

export function publisherParameters(ssrc: number): RtpParameters {
  return {
    mid: '0',
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: VP8_PAYLOAD_TYPE,
        clockRate: 90_000,
        parameters: {},
        rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
      },
    ],
    headerExtensions: [],
    encodings: [{ ssrc }],
    rtcp: { cname: 'load', reducedSize: true },
  };
}
