import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';
import { PeerConnection, Video } from 'node-datachannel';
import { vp8Packet } from './vp8-sender.ts';

/** What the camera sends with. */
export const CAMERA = { ssrc: 4_711, payloadType: 96, mid: '7' } as const;
const FRAME_MS = 33;
const PACKET_BYTES = 1_000;
const KEY_FRAME_EVERY = 10;

/** A real WebRTC end (ICE, DTLS, SRTP) that sends a picture of one size. */
export interface NativeCamera {
  /** What the SFU must know to let it connect. */
  readonly dtlsParameters: DtlsParameters;
  /** Connects, when the SFU knows that, and sends from then on. */
  start(): Promise<void>;
  close(): void;
}

export async function createNativeCamera(transport: TransportParameters): Promise<NativeCamera> {
  const { ssrc, payloadType, mid } = CAMERA;
  const connection = new PeerConnection('camera', {
    iceServers: [],
    bindAddress: '127.0.0.1',
    forceMediaTransport: true,
  });
  const video = new Video(mid, 'SendOnly');
  video.addVP8Codec(payloadType);
  video.addSSRC(ssrc, 'camera', 'camera', 'video');
  const track = connection.addTrack(video);
  const described = new Promise<string>((resolve) => connection.onLocalDescription(resolve));
  connection.setLocalDescription('offer');
  const [, value = ''] = /a=fingerprint:sha-256 (\S+)/i.exec(await described) ?? [];
  let timer: NodeJS.Timeout | undefined;

  function send(): void {
    let frame = 0;
    timer = setInterval(() => {
      track.sendMessageBinary(vp8Packet(ssrc, frame, frame % KEY_FRAME_EVERY === 0, PACKET_BYTES));
      frame += 1;
    }, FRAME_MS);
  }

  return {
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] },
    async start() {
      const connected = new Promise<void>((resolve) =>
        connection.onStateChange((state) => {
          if (state === 'connected') resolve();
        }),
      );
      connection.setRemoteDescription(answerOf(transport), 'answer');
      for (const { foundation, priority, address, port, type, protocol } of transport.iceCandidates) {
        if (protocol !== 'udp') continue;
        const candidate = `candidate:${foundation} 1 udp ${priority} ${address} ${port} typ ${type}`;
        connection.addRemoteCandidate(candidate, mid);
      }
      await connected;
      send();
    },
    close() {
      clearInterval(timer);
      connection.close();
    },
  };
}

/** The SDP that the transport would speak if it spoke SDP. */
function answerOf({ iceParameters, dtlsParameters }: TransportParameters): string {
  const { payloadType, mid } = CAMERA;
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${mid}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    'a=recvonly',
    'a=rtcp-mux',
    `a=rtpmap:${payloadType} VP8/90000`,
    `a=rtcp-fb:${payloadType} nack pli`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    'a=setup:passive',
    '',
  ].join('\r\n');
}
