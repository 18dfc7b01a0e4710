import { randomUUID } from 'node:crypto';
import type { InboundAudio, InboundVideo, QualityMeasures, SeatId } from '@careconnect/contracts';
import type { StoredSample } from '../quality-sample.ts';

export const SOUND: InboundAudio = {
  jitter: 5,
  packets: 250,
  packetsLost: 0,
  bitrate: 32_000,
  jitterBufferDelay: 60,
  concealedShare: 0,
};

export const PICTURE: InboundVideo = {
  jitter: 8,
  packets: 600,
  packetsLost: 0,
  bitrate: 1_000_000,
  frameWidth: 1280,
  frameHeight: 720,
  framesPerSecond: 30,
  freezeCount: 0,
  totalFreezesDuration: 0,
};

interface Moment {
  /** Of the doctor's seat unless told. */
  readonly seatId?: SeatId;
  /** When it ended, after the beginning. */
  readonly seconds?: number;
  readonly durationMs?: number;
  readonly roundTripTime?: number | null;
  readonly audio?: Partial<InboundAudio> | null;
  readonly video?: Partial<InboundVideo> | null;
}

const START = Date.parse('2026-11-22T09:00:00.000Z');
export const DOCTOR_SEAT = '01970000-0000-7000-8000-000000000001' as SeatId;
export const PATIENT_SEAT = '01970000-0000-7000-8000-000000000002' as SeatId;

export function aSample(moment: Moment = {}): StoredSample {
  const { seatId = DOCTOR_SEAT, seconds = 5 } = moment;
  return { seatId, at: new Date(START + seconds * 1_000), measures: measuresOf(moment), server: null };
}

/** Five good seconds, but for what is told. */
export function measuresOf({
  durationMs = 5_000,
  roundTripTime = 40,
  audio = {},
  video = {},
}: Moment): QualityMeasures {
  return {
    durationMs,
    roundTripTime,
    availableOutgoingBitrate: 2_500_000,
    outbound: { audio: null, video: null },
    inbound: {
      audio: audio && { ...SOUND, ...audio },
      video: video && { ...PICTURE, ...video },
    },
  };
}

/** So many periods of one kind, one after the other. */
export function aTimeOf(count: number, moment: Moment = {}, from = 0): StoredSample[] {
  return Array.from({ length: count }, (_none, index) =>
    aSample({ ...moment, seconds: from + 5 * (index + 1) }),
  );
}

/** As a page chooses it. */
export function aKey(): string {
  return randomUUID();
}
