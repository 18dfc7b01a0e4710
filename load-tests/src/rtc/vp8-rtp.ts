const RTP_HEADER_BYTES = 12;
/** X with a 15-bit picture id, as browsers send it (RFC 7741 section 4.2). */
const DESCRIPTOR_BYTES = 4;
const CLOCK_RATE = 90_000;

export interface Vp8Stream {
  /** The packets of the next frame, marker bit on the last. The buffers are used again for the next frame. */
  nextFrame(isKeyFrame: boolean): readonly Buffer[];
  /** Frames are so large from now on. */
  setPacketsPerFrame(count: number): void;
}

export interface Vp8StreamOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly packetsPerFrame: number;
  /** Whole RTP packet, header included. */
  readonly packetBytes: number;
  readonly framesPerSecond: number;
}

/** RTP that an SFU takes for VP8 video. Only what an SFU reads is real; the picture itself is zeros. */
export function createVp8Stream(options: Vp8StreamOptions): Vp8Stream {
  const { framesPerSecond } = options;
  let packets = newPackets(options.packetsPerFrame, options);
  let sequence = 1;
  let frame = 0;

  return {
    nextFrame(isKeyFrame) {
      const timestamp = Math.round((frame * CLOCK_RATE) / framesPerSecond) >>> 0;
      for (const packet of packets) {
        packet.writeUInt16BE(sequence, 2);
        packet.writeUInt32BE(timestamp, 4);
        packet.writeUInt16BE(0x8000 | (frame & 0x7fff), RTP_HEADER_BYTES + 2);
        sequence = (sequence + 1) & 0xffff;
      }
      if (packets[0]) writeFrameHeader(packets[0], isKeyFrame);
      frame += 1;
      return packets;
    },
    setPacketsPerFrame(count) {
      packets = newPackets(count, options);
    },
  };
}

function newPackets(count: number, { ssrc, payloadType, packetBytes }: Vp8StreamOptions): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const packet = Buffer.alloc(packetBytes);
    packet[0] = 0x80;
    packet[1] = payloadType | (index === count - 1 ? 0x80 : 0);
    packet.writeUInt32BE(ssrc, 8);
    packet[RTP_HEADER_BYTES] = index === 0 ? 0x90 : 0x80;
    packet[RTP_HEADER_BYTES + 1] = 0x80;
    return packet;
  });
}

/** RFC 7741 section 4.3: the low bit of the first byte is 0 for a key frame, whose size follows a start code. */
function writeFrameHeader(packet: Buffer, isKeyFrame: boolean): void {
  const at = RTP_HEADER_BYTES + DESCRIPTOR_BYTES;
  packet[at] = isKeyFrame ? 0x10 : 0x11;
  if (!isKeyFrame) return;
  packet.set([0x9d, 0x01, 0x2a], at + 3);
  packet.writeUInt16LE(1280, at + 6);
  packet.writeUInt16LE(720, at + 8);
}

/** RTCP shares the port with RTP; its packet types lie where RTP has payload types 64 to 95 (RFC 5761). */
export function isRtp(message: Buffer): boolean {
  const type = (message[1] ?? 0) & 0x7f;
  return message.length > RTP_HEADER_BYTES && (type < 64 || type > 95);
}

/** Sees a whole VP8 key frame go by: from its first packet to the marker, nothing missing between. */
export class KeyFrameWatch {
  #expected: number | null = null;

  /** True with the packet that completes a key frame. */
  accept(packet: Buffer): boolean {
    const sequence = packet.readUInt16BE(2);
    if (isKeyFrameStart(packet)) this.#expected = sequence;
    if (this.#expected !== sequence) {
      this.#expected = null;
      return false;
    }
    const isLast = ((packet[1] ?? 0) & 0x80) !== 0;
    this.#expected = isLast ? null : (sequence + 1) & 0xffff;
    return isLast;
  }
}

function isKeyFrameStart(packet: Buffer): boolean {
  const descriptor = payloadOffset(packet);
  const first = packet[descriptor] ?? 0;
  const startsFrame = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!startsFrame) return false;
  const header = packet[descriptor + descriptorLength(packet, descriptor)];
  return header !== undefined && (header & 0x01) === 0;
}

function payloadOffset(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const csrcs = (first & 0x0f) * 4;
  const extensionAt = RTP_HEADER_BYTES + csrcs;
  if ((first & 0x10) === 0) return extensionAt;
  return extensionAt + 4 + packet.readUInt16BE(extensionAt + 2) * 4;
}

function descriptorLength(packet: Buffer, at: number): number {
  const first = packet[at] ?? 0;
  if ((first & 0x80) === 0) return 1;
  const extensions = packet[at + 1] ?? 0;
  let length = 2;
  if ((extensions & 0x80) !== 0) length += ((packet[at + 2] ?? 0) & 0x80) !== 0 ? 2 : 1;
  if ((extensions & 0x40) !== 0) length += 1;
  if ((extensions & 0x30) !== 0) length += 1;
  return length;
}
