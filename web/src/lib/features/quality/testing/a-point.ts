import type { QualityPoint } from '@careconnect/contracts';

const END = { roundTripTime: 40, packetLoss: 0, bitrate: 1_000_000 };

/** Five good seconds that ended so many seconds after the beginning, but for what is told. */
export function aPoint(seconds: number, changes: Partial<QualityPoint> = {}): QualityPoint {
  return {
    at: new Date(1_760_000_000_000 + seconds * 1_000).toISOString(),
    durationMs: 5_000,
    soundMos: 5,
    pictureMos: 3,
    delay: 40,
    concealedShare: 0,
    frameWidth: 640,
    frameHeight: 480,
    framesPerSecond: 30,
    totalFreezesDuration: 0,
    received: { ...END, jitter: 5 },
    sent: { ...END, jitter: 5, frameWidth: 640, frameHeight: 480, framesPerSecond: 30 },
    server: { received: END, sent: END },
    problems: [],
    ...changes,
  };
}
