import { roundTripSeconds, statsOf, sumOf } from '../stay/measuring/stats.ts';

/** How the connection is, in three steps that a person can act on. */
export type ConnectionGrade = 'good' | 'fair' | 'weak';

/** Sums over all tracks at one moment, as WebRTC counts them since the beginning. */
export interface TrafficSample {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Share of what we send that gets lost on the way, 0 to 1; the worst track counts. */
  readonly sendLoss: number;
  /** Milliseconds to the server and back; null until measured. */
  readonly roundTripMs: number | null;
}

/*
 * Loss: the E-model as api uses it (`e-model.ts`, ITU-T G.107) gives R = 83 at 3 %, where people are satisfied, and
 * R = 66 at 10 %, where many are not (Table B.1). Round trip: twice the one-way delays of ITU-T G.114, 150 ms, which
 * hardly anybody notices, and 400 ms, the limit for conversation.
 */
const FAIR = { loss: 0.03, roundTripMs: 300 };
const WEAK = { loss: 0.1, roundTripMs: 800 };

/** The grade of the time between two samples. */
export function gradeConnection(before: TrafficSample, now: TrafficSample): ConnectionGrade {
  const received = now.packetsReceived - before.packetsReceived;
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const receiveLoss = received + lost > 0 ? lost / (received + lost) : 0;
  const loss = Math.max(receiveLoss, now.sendLoss);
  const roundTripMs = now.roundTripMs ?? 0;
  if (loss > WEAK.loss || roundTripMs > WEAK.roundTripMs) return 'weak';
  return loss > FAIR.loss || roundTripMs > FAIR.roundTripMs ? 'fair' : 'good';
}

/** Sums up WebRTC statistics of both directions. */
export function readTraffic(reports: readonly RTCStatsReport[]): TrafficSample {
  const received = statsOf(reports, 'inbound-rtp');
  const losses = statsOf(reports, 'remote-inbound-rtp').map(({ fractionLost = 0 }) => fractionLost);
  const roundTrip = roundTripSeconds(reports);
  return {
    packetsReceived: sumOf(received, ({ packetsReceived }) => packetsReceived),
    packetsLost: sumOf(received, ({ packetsLost }) => packetsLost),
    sendLoss: Math.max(0, ...losses),
    roundTripMs: roundTrip === null ? null : 1_000 * roundTrip,
  };
}
