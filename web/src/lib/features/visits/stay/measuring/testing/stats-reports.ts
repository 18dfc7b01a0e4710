/** Reports as Chromium gives them, cut down to what is of use. */
type Stat = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

export function aReport(...stats: Stat[]): RTCStatsReport {
  return new Map(stats.map((stat) => [stat.id, stat]));
}

/** How far a visit has come: seconds of sound and picture, all well, since the media path was made. */
export function sendReport(seconds: number, changes: Readonly<Record<string, object>> = {}): RTCStatsReport {
  return aReport(
    changed(changes, 'pair', {
      type: 'candidate-pair',
      nominated: true,
      currentRoundTripTime: 0.042,
      availableOutgoingBitrate: 2_500_000.4,
    }),
    { id: 'unused', type: 'candidate-pair', nominated: false, currentRoundTripTime: 3 },
    changed(changes, 'out-audio', {
      type: 'outbound-rtp',
      kind: 'audio',
      packetsSent: 50 * seconds,
      bytesSent: 4_000 * seconds,
    }),
    ...(['q', 'h', 'f'] as const).map((rid, layer) =>
      changed(changes, `out-video-${rid}`, {
        type: 'outbound-rtp',
        kind: 'video',
        rid,
        packetsSent: 100 * seconds,
        bytesSent: 50_000 * seconds,
        framesSent: 24 * seconds,
        frameWidth: 320 * 2 ** layer,
        frameHeight: 180 * 2 ** layer,
      }),
    ),
    changed(changes, 'remote-audio', {
      type: 'remote-inbound-rtp',
      kind: 'audio',
      packetsLost: 0,
      jitter: 0.003,
      roundTripTime: 0.05,
    }),
  );
}

export function receiveReport(
  seconds: number,
  changes: Readonly<Record<string, object>> = {},
): RTCStatsReport {
  return aReport(
    changed(changes, 'in-audio', {
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: 50 * seconds,
      packetsLost: 7,
      bytesReceived: 4_000 * seconds,
      jitter: 0.004,
      jitterBufferDelay: 2_880 * seconds,
      jitterBufferEmittedCount: 48_000 * seconds,
      totalSamplesReceived: 48_000 * seconds,
      concealedSamples: 960,
      silentConcealedSamples: 480,
    }),
    changed(changes, 'in-video', {
      type: 'inbound-rtp',
      kind: 'video',
      packetsReceived: 110 * seconds,
      packetsLost: 0,
      bytesReceived: 125_000 * seconds,
      jitter: 0.01,
      framesDecoded: 30 * seconds,
      frameWidth: 1280,
      frameHeight: 720,
      freezeCount: 1,
      totalFreezesDuration: 0.4,
    }),
  );
}

function changed(
  changes: Readonly<Record<string, object>>,
  id: string,
  stat: { readonly type: string } & Readonly<Record<string, unknown>>,
): Stat {
  return { id, ...stat, ...changes[id] };
}
