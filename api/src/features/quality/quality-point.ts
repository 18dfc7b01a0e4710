import type {
  PageEnd,
  QualityMeasures,
  QualityPoint,
  ServerDirection,
  ServerEnd,
} from '@careconnect/contracts';
import type { JudgedPeriod } from './judged-period.ts';
import { roundTripOf } from './round-trips.ts';
import { shareLost } from './sent-period.ts';

type Direction = QualityMeasures['inbound'] | QualityMeasures['outbound'];

/** A period as a chart shows it, both ends beside each other. */
export function toPoint({ sample, soundMos, pictureMos, delay, problems }: JudgedPeriod): QualityPoint {
  const { measures, server } = sample;
  const { durationMs, inbound, outbound } = measures;
  const roundTripTime = roundTripOf(sample);
  return {
    at: sample.at.toISOString(),
    durationMs,
    soundMos: rounded(soundMos),
    pictureMos: rounded(pictureMos),
    delay: delay === null ? null : Math.round(delay),
    concealedShare: inbound.audio?.concealedShare ?? null,
    ...frameOf(inbound.video),
    totalFreezesDuration: inbound.video?.totalFreezesDuration ?? null,
    received: pageEnd(inbound, roundTripTime),
    sent: {
      ...pageEnd(outbound, outbound.audio?.roundTripTime ?? roundTripTime),
      ...frameOf(outbound.video),
    },
    server: server && { received: serverEnd(server.inbound), sent: serverEnd(server.outbound) },
    problems: [...problems],
  };
}

function frameOf(video: Direction['video']) {
  return {
    frameWidth: video?.frameWidth ?? null,
    frameHeight: video?.frameHeight ?? null,
    framesPerSecond: video?.framesPerSecond ?? null,
  };
}

function pageEnd({ audio, video }: Direction, roundTripTime: number | null): PageEnd {
  const streams = [audio, video].filter((stream) => stream !== null);
  const packets = streams.reduce((sum, stream) => sum + stream.packets, 0);
  const packetsLost = streams.reduce((sum, stream) => sum + stream.packetsLost, 0);
  const jitters = streams.flatMap(({ jitter }) => jitter ?? []);
  return {
    roundTripTime,
    jitter: jitters.length > 0 ? Math.max(...jitters) : null,
    packetLoss: shareLost({ packets, packetsLost }),
    bitrate: streams.length > 0 ? streams.reduce((sum, { bitrate }) => sum + bitrate, 0) : null,
  };
}

function serverEnd({ roundTripTime, packetLoss, bitrate }: ServerDirection): ServerEnd {
  return { roundTripTime, packetLoss, bitrate };
}

export function rounded(opinion: number | null): number | null {
  return opinion === null ? null : Math.round(opinion * 100) / 100;
}
