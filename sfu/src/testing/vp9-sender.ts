import type { types } from 'mediasoup';
import { createDirectTrack } from './direct-track.ts';
import { vp9Parameters } from './rtp-parameters.ts';

const FRAME_MS = 33;
const PACKET_BYTES = 200;
const SSRC = 2_001;
const LAYERS = 3;

export interface Vp9Sender {
  readonly producer: types.Producer;
  /** How many layers are in its stream, from the lowest. None: it is silent. */
  setActiveLayers(count: number): void;
  /** The network loses all that is sent, or no longer. */
  setCut(isCut: boolean): void;
}

/** A camera with all of its sizes in one stream, which makes a keyframe whenever it is asked. */
export async function startVp9Sender(router: types.Router): Promise<Vp9Sender> {
  const { track, transport, sendEvery } = await createDirectTrack(router, {
    kind: 'video',
    source: 'camera',
    rtpParameters: vp9Parameters('1', SSRC),
  });
  const { producer } = track;
  let activeLayers = LAYERS;
  let isKeyFrameDue = true;
  let frame = 0;
  let sequence = 1_000;
  let isCut = false;
  transport.on('rtcp', (packet) => (isKeyFrameDue ||= !isCut && isFeedback(packet)));
  sendEvery(FRAME_MS, () => {
    for (let layer = 0; layer < activeLayers; layer += 1) {
      const isLast = layer === activeLayers - 1;
      if (!isCut) producer.send(vp9Packet({ sequence, frame, layer, isLast, isKeyFrameDue }));
      sequence += 1;
    }
    if (activeLayers > 0) isKeyFrameDue = false;
    frame += 1;
  });

  return {
    producer,
    setActiveLayers(count) {
      // A browser begins anew with other layers.
      isKeyFrameDue = true;
      activeLayers = count;
    },
    setCut: (wanted) => (isCut = wanted),
  };
}

interface Vp9Packet {
  readonly sequence: number;
  readonly frame: number;
  readonly layer: number;
  readonly isLast: boolean;
  readonly isKeyFrameDue: boolean;
}

/** One layer of one frame in one packet; only what the worker reads is real (RFC 9628, section 4.2). */
function vp9Packet({ sequence, frame, layer, isLast, isKeyFrameDue }: Vp9Packet): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  packet[0] = 0x80;
  packet[1] = (isLast ? 0x80 : 0) | 96;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE((frame * FRAME_MS * 90) >>> 0, 4);
  packet.writeUInt32BE(SSRC, 8);
  packet[12] = 0x80 | 0x20 | 0x08 | 0x04 | (isKeyFrameDue ? 0 : 0x40);
  packet.writeUInt16BE(0x8000 | (frame & 0x7fff), 13);
  packet[15] = 0x10 | (layer << 1) | (isKeyFrameDue && layer > 0 ? 1 : 0);
  packet[16] = frame & 0xff;
  return packet;
}

/** Whether it asks for a keyframe (RFC 4585: PT 206, FMT 1). */
function isFeedback(packet: Buffer): boolean {
  return packet.readUInt8(1) === 206 && (packet.readUInt8(0) & 0x1f) === 1;
}
