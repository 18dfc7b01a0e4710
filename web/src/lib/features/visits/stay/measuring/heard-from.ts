import { usedPairs } from './stats.ts';

/** Longer than a sender is silent who sends anything: reports of what was received come more often. */
const A_MOMENT_MS = 1_000;

/** Whether nothing has come in over any way for a moment. Of a browser that does not tell, that is never known. */
export function isSilence(reports: readonly RTCStatsReport[]): boolean {
  const isTold = usedPairs(reports).some(({ lastPacketReceivedTimestamp: last }) => last !== undefined);
  return isTold && !reports.some(isHeardFrom);
}

/** Whether media or its reports have come in a moment ago, so that this way through the network is a good one. */
export function isHeardFrom(report: RTCStatsReport): boolean {
  return usedPairs([report]).some(
    ({ timestamp, lastPacketReceivedTimestamp: last }) =>
      last !== undefined && timestamp - last < A_MOMENT_MS,
  );
}
