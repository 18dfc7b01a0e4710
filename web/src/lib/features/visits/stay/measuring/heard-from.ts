/** Longer than a sender is silent who sends anything: reports of what was received come more often. */
const A_MOMENT_MS = 1_000;

/** https://www.w3.org/TR/webrtc-stats/#candidatepair-dict. The types of DOM lack some of it. */
type Stat = RTCStats & Readonly<Record<string, unknown>>;

/** Whether media or its reports have come in a moment ago, so that this way through the network is a good one. */
export function isHeardFrom(report: RTCStatsReport): boolean {
  let isHeard = false;
  report.forEach((stat: Stat) => {
    if (stat.type !== 'candidate-pair' || stat['nominated'] !== true) return;
    const last = stat['lastPacketReceivedTimestamp'];
    isHeard ||= typeof last === 'number' && stat.timestamp - last < A_MOMENT_MS;
  });
  return isHeard;
}
