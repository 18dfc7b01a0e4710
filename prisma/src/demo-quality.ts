import { createHash } from 'node:crypto';
import type { Prisma } from './generated/client.ts';

/** How the connection of one person was in a visit of the past. */
export type DemoConnection = 'good' | 'narrow' | 'shaky';

export interface DemoStay {
  readonly organizationId: string;
  readonly visitId: string;
  readonly seatId: string;
  /** Who in which visit: the same in every demo clinic, and so is what is made of it. */
  readonly seed: string;
  readonly from: Date;
  readonly until: Date;
  readonly connection: DemoConnection;
}

type Row = Prisma.QualitySampleCreateManyInput;

const PERIOD_MS = 5_000;

/** What is typical of each: a small picture where the line is narrow, bad minutes where it is shaky. */
const CONNECTIONS = {
  good: { roundTripTime: 38, frameWidth: 1280, frameHeight: 720, bitrate: 1_350_000, badShare: 0.01 },
  narrow: { roundTripTime: 95, frameWidth: 480, frameHeight: 270, bitrate: 260_000, badShare: 0.04 },
  shaky: { roundTripTime: 140, frameWidth: 640, frameHeight: 480, bitrate: 620_000, badShare: 0.3 },
} as const satisfies Record<DemoConnection, object>;

/** What somebody heard and saw, period by period. */
export function demoSamples(stay: DemoStay): Row[] {
  const count = Math.floor((stay.until.getTime() - stay.from.getTime()) / PERIOD_MS);
  return Array.from({ length: count }, (_none, index) => sampleOf(stay, index));
}

function sampleOf(stay: DemoStay, index: number): Row {
  const { organizationId, visitId, seatId, seed, from, connection } = stay;
  const { badShare, bitrate, roundTripTime, frameWidth, frameHeight } = CONNECTIONS[connection];
  // Bad moments come together: whether there is one is decided for half a minute at a time.
  const isBad = chance(seed, `minute ${Math.floor(index / 6)}`) < badShare;
  const spread = 0.9 + 0.2 * chance(seed, `period ${index}`);
  const share = isBad ? 0.05 + 0.15 * chance(seed, `loss ${index}`) : 0.002 * spread;
  return {
    organizationId,
    visitId,
    seatId,
    idempotencyKey: uuidOf(seed, index),
    at: new Date(from.getTime() + (index + 1) * PERIOD_MS),
    durationMs: PERIOD_MS,
    roundTripTime: Math.round(roundTripTime * spread * (isBad ? 3 : 1)),
    availableOutgoingBitrate: Math.round(2 * bitrate * spread),
    inAudioPackets: 250,
    inAudioPacketsLost: Math.round(250 * share),
    inAudioBitrate: 32_000,
    inAudioJitter: Math.round(6 * spread),
    inAudioJitterBufferDelay: isBad ? 180 : 60,
    inAudioConcealedShare: share,
    inVideoPackets: Math.round(bitrate / 1_600),
    inVideoPacketsLost: Math.round((bitrate / 1_600) * share),
    inVideoBitrate: Math.round(bitrate * spread * (isBad ? 0.4 : 1)),
    inVideoJitter: Math.round(9 * spread),
    inVideoFrameWidth: frameWidth,
    inVideoFrameHeight: frameHeight,
    inVideoFramesPerSecond: Math.round((isBad ? 11 : 27) * spread),
    inVideoFreezeCount: isBad ? 1 : 0,
    inVideoTotalFreezesDuration: isBad ? Math.round(900 * spread) : 0,
    ...sentOf(spread, roundTripTime),
    ...atServer({ roundTripTime, bitrate, spread, share }),
  };
}

/** What goes out is good in every demo visit: the trouble is on the way to the one who has it. */
function sentOf(spread: number, roundTripTime: number): Partial<Row> {
  const way = { RoundTripTime: Math.round(roundTripTime * spread), Jitter: Math.round(5 * spread) };
  return {
    outAudioPackets: 250,
    outAudioPacketsLost: 0,
    outAudioBitrate: 32_000,
    outAudioJitter: way.Jitter,
    outAudioRoundTripTime: way.RoundTripTime,
    outVideoPackets: 900,
    outVideoPacketsLost: Math.round(2 * spread),
    outVideoBitrate: Math.round(1_400_000 * spread),
    outVideoJitter: way.Jitter,
    outVideoRoundTripTime: way.RoundTripTime,
    outVideoFrameWidth: 1280,
    outVideoFrameHeight: 720,
    outVideoFramesPerSecond: Math.round(28 * spread),
  };
}

interface Way {
  readonly roundTripTime: number;
  readonly bitrate: number;
  readonly spread: number;
  readonly share: number;
}

/** The same moment as the media server counts it: what is lost behind it, it hears of from the receiver. */
function atServer({ roundTripTime, bitrate, spread, share }: Way): Partial<Row> {
  return {
    serverOutRoundTripTime: Math.round(roundTripTime * spread),
    serverOutPacketLoss: 0.002,
    serverOutBitrate: Math.round(1_450_000 * spread),
    serverOutAudioScore: 10,
    serverOutVideoScore: 10,
    serverInRoundTripTime: Math.round(roundTripTime * spread),
    serverInPacketLoss: share,
    serverInBitrate: Math.round(bitrate * spread),
    serverInAudioScore: share > 0.05 ? 6 : 10,
    serverInVideoScore: share > 0.05 ? 5 : 10,
  };
}

/** 0 to 1, always the same for the same question about the same stay. */
function chance(seed: string, question: string): number {
  return createHash('sha256').update(`${seed} ${question}`).digest().readUInt32BE(0) / 2 ** 32;
}

function uuidOf(seed: string, index: number): string {
  const digest = createHash('sha256').update(`${seed} key ${index}`).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
