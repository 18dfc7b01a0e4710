import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';
import { Video } from 'node-datachannel';
import { NativeEnd, sdpOf } from './native-end.ts';
import { vp8Packet } from './vp8-sender.ts';

/** What the camera sends with. */
export const CAMERA = { ssrc: 4_711, payloadType: 96, mid: '7' } as const;
const FRAME_MS = 33;
const PACKET_BYTES = 1_000;
const KEY_FRAME_EVERY = 10;
/** One packet a frame, bits a second. */
const SMALL_BITRATE = (PACKET_BYTES * 8 * 1_000) / FRAME_MS;

/** A real WebRTC end (ICE, DTLS, SRTP) that sends a picture of one size. */
export interface NativeCamera {
  /** What the SFU must know to let it connect. */
  readonly dtlsParameters: DtlsParameters;
  /** Connects, when the SFU knows that, and sends from then on. */
  start(): Promise<void>;
  close(): void;
}

/** @param bitrate - what it sends, whatever it is told */
export async function createNativeCamera(
  transport: TransportParameters,
  bitrate = SMALL_BITRATE,
): Promise<NativeCamera> {
  const { ssrc, payloadType, mid } = CAMERA;
  const end = new NativeEnd('camera');
  const { connection, connected } = end;
  const video = new Video(mid, 'SendOnly');
  video.addVP8Codec(payloadType);
  video.addSSRC(ssrc, 'camera', 'camera', 'video');
  const track = connection.addTrack(video);
  connection.setLocalDescription('offer');
  let timer: NodeJS.Timeout | undefined;

  function send(): void {
    let frame = 0;
    const began = performance.now();
    timer = setInterval(() => {
      const due = (bitrate * (performance.now() - began)) / 8_000;
      for (; track.isOpen() && frame * PACKET_BYTES < due; frame += 1) {
        track.sendMessageBinary(vp8Packet(ssrc, frame, frame % KEY_FRAME_EVERY === 0, PACKET_BYTES));
      }
    }, FRAME_MS);
  }

  return {
    dtlsParameters: await end.dtlsParameters(),
    async start() {
      const answer = sdpOf(transport, mid, [
        `m=video 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
        'a=recvonly',
        'a=rtcp-mux',
        `a=rtpmap:${payloadType} VP8/90000`,
        `a=rtcp-fb:${payloadType} nack pli`,
        'a=setup:passive',
      ]);
      connection.setRemoteDescription(answer, 'answer');
      await connected;
      send();
    },
    close() {
      clearInterval(timer);
      connection.close();
    },
  };
}
