import { describe, expect, it } from 'vitest';
import { createVp8Stream, isRtp, KeyFrameWatch } from './vp8-rtp.ts';

const aStream = () =>
  createVp8Stream({ ssrc: 7, payloadType: 101, packetsPerFrame: 3, packetBytes: 200, framesPerSecond: 30 });
const copy = (packets: readonly Buffer[]) => packets.map((packet) => Buffer.from(packet));

describe('a VP8 stream', () => {
  it('counts on through frames and marks each last packet', () => {
    const stream = aStream();
    const packets = [...copy(stream.nextFrame(true)), ...copy(stream.nextFrame(false))];
    expect(packets.map((packet) => packet.readUInt16BE(2))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(packets.map((packet) => packet.readUInt32BE(4))).toEqual([0, 0, 0, 3000, 3000, 3000]);
    expect(packets.map((packet) => (packet[1] ?? 0) >> 7)).toEqual([0, 0, 1, 0, 0, 1]);
    expect(packets.every((packet) => packet.length === 200 && packet.readUInt32BE(8) === 7)).toBe(true);
  });
});

describe('KeyFrameWatch', () => {
  it('reports a key frame with its last packet', () => {
    const watch = new KeyFrameWatch();
    const stream = aStream();
    expect(stream.nextFrame(true).map((packet) => watch.accept(packet))).toEqual([false, false, true]);
    expect(stream.nextFrame(false).some((packet) => watch.accept(packet))).toBe(false);
  });

  it('ignores other frames', () => {
    const watch = new KeyFrameWatch();
    expect(
      aStream()
        .nextFrame(false)
        .some((packet) => watch.accept(packet)),
    ).toBe(false);
  });

  it('does not count a key frame with a hole, and takes the next whole one', () => {
    const watch = new KeyFrameWatch();
    const stream = aStream();
    const [first, , last] = copy(stream.nextFrame(true));
    expect([first, last].map((packet) => watch.accept(packet ?? Buffer.alloc(0)))).toEqual([false, false]);
    expect(stream.nextFrame(true).map((packet) => watch.accept(packet))).toEqual([false, false, true]);
  });

  it('reads past a header extension', () => {
    const watch = new KeyFrameWatch();
    const extended = copy(aStream().nextFrame(true)).map((packet) => {
      const extension = Buffer.from([0xbe, 0xde, 0, 1, 0x10, 0x30, 0, 0]);
      const whole = Buffer.concat([packet.subarray(0, 12), extension, packet.subarray(12)]);
      whole[0] = 0x90;
      return whole;
    });
    expect(extended.map((packet) => watch.accept(packet))).toEqual([false, false, true]);
  });
});

describe('isRtp', () => {
  it('tells a marked RTP packet from a receiver report', () => {
    const packets = aStream().nextFrame(true);
    expect(packets.every(isRtp)).toBe(true);
    expect(isRtp(Buffer.from([0x81, 201, 0, 7, ...new Array<number>(28).fill(0)]))).toBe(false);
  });
});
