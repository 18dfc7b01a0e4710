import { randomUUID } from 'node:crypto';
import type { QualityReport } from '@careconnect/contracts';

/** What a page tells of five good seconds in which it hears somebody and is not heard itself. */
export function aReport(changes: Partial<QualityReport> = {}): QualityReport {
  return {
    reportId: randomUUID(),
    ageMs: 0,
    measures: {
      durationMs: 5_000,
      roundTripTime: 42,
      availableOutgoingBitrate: 1_200_000,
      outbound: { audio: null, video: null },
      inbound: {
        audio: {
          jitter: 4,
          packets: 250,
          packetsLost: 0,
          bitrate: 32_000,
          jitterBufferDelay: 60,
          concealedShare: 0.002,
        },
        video: null,
      },
    },
    ...changes,
  };
}
