import type { types } from 'mediasoup';
import { BROWSER_KEY_FRAME_SPACING_MS } from '../media/pictures/key-frame-model.ts';
import type { Track } from '../media/seats/tracks.ts';
import { createDirectTrack } from './direct-track.ts';
import { vp8Parameters } from './rtp-parameters.ts';

const FRAME_MS = 33;
const PACKET_BYTES = 60;
const FIRST_SEQUENCE = 1_000;
const SENDER_REPORT_FRAMES = 15;
const SSRCS = [1_001, 1_002, 1_003];

export interface KeyFrameRequest {
  readonly ssrc: number;
  /** `lost` by the network, `dropped` by a browser that was asked too early, or `served` with a keyframe. */
  readonly fate: 'lost' | 'dropped' | 'served';
}

export interface Vp8Sender {
  readonly producer: types.Producer;
  readonly track: Track;
  /** Every picture loss indication that was sent, in order. */
  readonly requests: readonly KeyFrameRequest[];
  /** The network loses the next request on its way. */
  loseNextRequest(): void;
  /** The network loses all that is sent. */
  setCut(isCut: boolean): void;
  /** How many layers there is bandwidth for, from the lowest. None: it is silent. */
  setActiveLayers(count: number): void;
  /** How large each frame is from now on. */
  setPacketBytes(bytes: number): void;
  /** Sends a packet with nothing in it, as a browser does that tries how much the network carries. */
  probe(): void;
}

/** A simulcast camera that treats keyframe requests as Chromium does. */
export async function startVp8Sender(
  router: types.Router,
  { activeLayers = SSRCS.length, packetBytes = PACKET_BYTES } = {},
): Promise<Vp8Sender> {
  const { track, transport, sendEvery } = await createDirectTrack(router, {
    kind: 'video',
    source: 'camera',
    rtpParameters: vp8Parameters('1', SSRCS),
  });
  const { producer } = track;
  const requests: KeyFrameRequest[] = [];
  let servedAtMs = -Infinity;
  let isKeyFrameDue = true;
  let isNextLost = false;
  let isCut = false;
  let frame = -1;

  const decideFate = (): KeyFrameRequest['fate'] => {
    if (isCut) return 'lost';
    if (isNextLost) {
      isNextLost = false;
      return 'lost';
    }
    const now = performance.now();
    if (now - servedAtMs < BROWSER_KEY_FRAME_SPACING_MS) return 'dropped';
    servedAtMs = now;
    return 'served';
  };

  transport.on('rtcp', (packet) => {
    for (const ssrc of pictureLossIndications(packet)) {
      const fate = decideFate();
      requests.push({ ssrc, fate });
      if (fate === 'served') isKeyFrameDue = true;
    }
  });
  sendEvery(FRAME_MS, () => {
    frame += 1;
    if (isCut) return;
    if (frame % SENDER_REPORT_FRAMES === 0) {
      SSRCS.forEach((ssrc) => transport.sendRtcp(senderReport(ssrc, frame)));
    }
    SSRCS.slice(0, activeLayers).forEach((ssrc) =>
      producer.send(vp8Packet(ssrc, frame, isKeyFrameDue, packetBytes)),
    );
    if (activeLayers > 0) isKeyFrameDue = false;
  });

  return {
    producer,
    track,
    requests,
    loseNextRequest: () => (isNextLost = true),
    setCut: (wanted) => (isCut = wanted),
    setActiveLayers: (count) => (activeLayers = count),
    setPacketBytes: (bytes) => (packetBytes = bytes),
    probe: () => producer.send(emptyPacket(SSRCS[0] ?? 0)),
  };
}

/** One frame in one packet; only what the worker reads is real (RFC 7741). */
export function vp8Packet(ssrc: number, frame: number, isKeyFrame: boolean, bytes: number): Buffer {
  const packet = Buffer.alloc(bytes);
  packet[0] = 0x80;
  packet[1] = 0x80 | 96;
  packet.writeUInt16BE((FIRST_SEQUENCE + frame) & 0xffff, 2);
  packet.writeUInt32BE((frame * FRAME_MS * 90) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.set([0x90, 0x80], 12);
  packet.writeUInt16BE(0x8000 | (frame & 0x7fff), 14);
  packet[16] = isKeyFrame ? 0x10 : 0x11;
  if (isKeyFrame) packet.set([0x9d, 0x01, 0x2a], 19);
  return packet;
}

/** Padding only (RFC 3550 section 5.1): the packet before the first frame. */
function emptyPacket(ssrc: number): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  packet[0] = 0x80 | 0x20;
  packet[1] = 96;
  packet.writeUInt16BE(FIRST_SEQUENCE - 1, 2);
  packet.writeUInt32BE(ssrc, 8);
  packet[PACKET_BYTES - 1] = PACKET_BYTES - 12;
  return packet;
}

/** RFC 3550 section 6.4.1. Without it the worker cannot align layers, and does not switch between them. */
function senderReport(ssrc: number, frame: number): Buffer {
  const packet = Buffer.alloc(28);
  packet.set([0x80, 200, 0, 6]);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeBigUInt64BE((BigInt(frame * FRAME_MS) << 32n) / 1000n + (3_900_000_000n << 32n), 8);
  packet.writeUInt32BE((frame * FRAME_MS * 90) >>> 0, 16);
  packet.writeUInt32BE(frame, 20);
  packet.writeUInt32BE(frame * PACKET_BYTES, 24);
  return packet;
}

/** The media SSRCs of the PLI messages in an RTCP compound packet (RFC 4585: PT 206, FMT 1). */
function* pictureLossIndications(compound: Buffer): Generator<number> {
  for (let at = 0; at + 12 <= compound.length; at += 4 * (compound.readUInt16BE(at + 2) + 1)) {
    const format = compound.readUInt8(at) & 0x1f;
    if (compound.readUInt8(at + 1) === 206 && format === 1) yield compound.readUInt32BE(at + 8);
  }
}
