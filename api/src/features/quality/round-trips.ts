import type { SeatId } from '@careconnect/contracts';
import type { StoredSample } from './quality-sample.ts';

/** Round trips of this long a time are of the same moment. */
const MOMENT_MS = 10_000;

/** As the page measured it; where it could not, as the media server did at the other end of the same way. */
export function roundTripOf({ measures, server }: StoredSample): number | null {
  return measures.roundTripTime ?? server?.inbound.roundTripTime ?? server?.outbound.roundTripTime ?? null;
}

/** Answers with the longest round trip of anybody else at the moment of a sample. */
export function createRoundTrips(samples: readonly StoredSample[]): (sample: StoredSample) => number | null {
  const moments = new Map<number, Map<SeatId, number>>();
  const momentOf = ({ at }: StoredSample): number => Math.floor(at.getTime() / MOMENT_MS);
  for (const sample of samples) {
    const time = roundTripOf(sample);
    if (time === null) continue;
    const { seatId } = sample;
    const moment = moments.get(momentOf(sample)) ?? new Map<SeatId, number>();
    moment.set(seatId, Math.max(moment.get(seatId) ?? 0, time));
    moments.set(momentOf(sample), moment);
  }
  return (sample) => {
    const others = [...(moments.get(momentOf(sample)) ?? [])].filter(([seatId]) => seatId !== sample.seatId);
    return others.length > 0 ? Math.max(...others.map(([, time]) => time)) : null;
  };
}
