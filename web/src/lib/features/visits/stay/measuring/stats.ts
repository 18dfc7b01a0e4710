/** What is read here of the statistics of WebRTC (https://www.w3.org/TR/webrtc-stats/). */
export interface StatTypes {
  readonly 'inbound-rtp': RTCInboundRtpStreamStats;
  readonly 'outbound-rtp': RTCOutboundRtpStreamStats;
  /** DOM's types lack it. */
  readonly 'remote-inbound-rtp': RTCReceivedRtpStreamStats & {
    fractionLost?: number;
    roundTripTime?: number;
  };
  readonly 'candidate-pair': RTCIceCandidatePairStats;
}

export function statsOf<Type extends keyof StatTypes>(
  reports: readonly RTCStatsReport[],
  type: Type,
): StatTypes[Type][] {
  const isAsked = (stat: RTCStats): stat is StatTypes[Type] => stat.type === type;
  return reports.flatMap((report) => ([...report.values()] as RTCStats[]).filter(isAsked));
}

/** The ways through the network that are used. */
export function usedPairs(reports: readonly RTCStatsReport[]): RTCIceCandidatePairStats[] {
  return statsOf(reports, 'candidate-pair').filter(({ nominated }) => nominated);
}

/** The longest of them to the server and back, in seconds; null until measured, and where a browser has counted nonsense. */
export function roundTripSeconds(reports: readonly RTCStatsReport[]): number | null {
  const trips = usedPairs(reports).map(({ currentRoundTripTime }) => currentRoundTripTime ?? NaN);
  const known = trips.filter(Number.isFinite);
  return known.length > 0 ? Math.max(...known) : null;
}

/** As {@link usedPairs}, of what is sent: only its guess of the bitrate is ever put to the test. */
export function sendingPairs(reports: readonly RTCStatsReport[]): RTCIceCandidatePairStats[] {
  return usedPairs(reports.filter((report) => statsOf([report], 'outbound-rtp').length > 0));
}

export function sumOf<T>(stats: readonly T[], read: (stat: T) => number | undefined): number {
  return stats.reduce((sum, stat) => sum + (read(stat) ?? 0), 0);
}
