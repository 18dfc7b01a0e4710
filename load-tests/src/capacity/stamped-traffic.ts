import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeWatcher } from '../rtc/native-peer.ts';
import { createVp8Stream, isRtp } from '../rtc/vp8-rtp.ts';
import { quantile } from '../core/statistics.ts';
import type { Publishing } from '../sfu/measured-server.ts';

export const FRAMES_PER_SECOND = 30;
const KEY_FRAME_EVERY = 30;
/** 1.1 kB is what browsers send for 720p video. */
const PACKET_BYTES = 1_100;
/** At the end of the picture's data, which no SFU reads; it may lengthen the header. */
const STAMP_BYTES = 8;
const SETTLE_MS = 300;
const DRAIN_MS = 300;
export const AROUND_A_WINDOW_MS = SETTLE_MS + DRAIN_MS;

/** One room: what its publisher sends, and of its watchers the one whose packets are looked at. */
export interface ProbedRoom {
  readonly sender: StampingSender;
  readonly probe: NativeWatcher;
}

/** Sends one frame and answers with how many packets it had. */
export interface StampingSender {
  setRate(packetsPerSecond: number): void;
  sendFrame(): number;
}

export interface Passage {
  /** Milliseconds from the hand-over to the network to the hand-over by it, both in this process. */
  readonly p50: number;
  readonly p99: number;
  /** Of the packets that were sent, 0 to 1. */
  readonly loss: number;
  /** How late this process itself was for its timers, ms: what it adds to p99 at most. */
  readonly ownLatenessP99: number;
}

/** Sends at a rate through every room and times the packets of the window that come out. */
export async function passThrough(
  rooms: readonly ProbedRoom[],
  packetsPerSecond: number,
  seconds: number,
): Promise<Passage> {
  const delays: number[] = [];
  let window = { from: Infinity, to: Infinity };
  let sent = 0;
  for (const { probe } of rooms) {
    probe.onPacket((packet) => {
      if (!isRtp(packet)) return;
      const sentAt = packet.readDoubleBE(packet.length - STAMP_BYTES);
      if (sentAt >= window.from && sentAt < window.to) delays.push(performance.now() - sentAt);
    });
  }
  for (const { sender } of rooms) sender.setRate(packetsPerSecond);
  const lateness = monitorEventLoopDelay({ resolution: 2 });
  const timer = everyFrame(rooms.length, (turn) => {
    const now = performance.now();
    const count = rooms[turn % rooms.length]?.sender.sendFrame() ?? 0;
    if (now >= window.from && now < window.to) sent += count;
  });
  await sleep(SETTLE_MS);
  lateness.enable();
  window = { from: performance.now(), to: performance.now() + seconds * 1000 };
  await sleep(seconds * 1000);
  lateness.disable();
  await sleep(DRAIN_MS);
  clearInterval(timer);
  return {
    p50: delays.length > 0 ? quantile(delays, 0.5) : Infinity,
    p99: delays.length > 0 ? quantile(delays, 0.99) : Infinity,
    loss: Math.max(0, 1 - delays.length / sent),
    ownLatenessP99: lateness.percentile(99) / 1e6,
  };
}

/** Publishers take turns, so that frames of different people do not all fall into one moment. */
function everyFrame(senders: number, send: (turn: number) => void): NodeJS.Timeout {
  const turnsPerSecond = FRAMES_PER_SECOND * senders;
  const startedAt = performance.now();
  let turn = 0;
  return setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * turnsPerSecond;
    for (; turn < due; turn++) send(turn);
  }, 1);
}

/** Each packet carries the moment at which it was sent. */
export function newStampingSender({ publisher, ssrc, payloadType }: Publishing): StampingSender {
  const stream = createVp8Stream({
    ssrc,
    payloadType,
    packetsPerFrame: 1,
    packetBytes: PACKET_BYTES,
    framesPerSecond: FRAMES_PER_SECOND,
  });
  let frames = 0;
  return {
    setRate: (packetsPerSecond) =>
      stream.setPacketsPerFrame(Math.max(1, Math.round(packetsPerSecond / FRAMES_PER_SECOND))),
    sendFrame() {
      const packets = stream.nextFrame(frames % KEY_FRAME_EVERY === 0);
      frames += 1;
      for (const packet of packets) {
        packet.writeDoubleBE(performance.now(), PACKET_BYTES - STAMP_BYTES);
        publisher.send(packet);
      }
      return packets.length;
    },
  };
}
