import type { ServerDirection, ServerMeasures } from '@careconnect/contracts';
import type { types } from 'mediasoup';
import type { Standstill } from '../pictures/standstill.ts';

/** What of a seat is asked for its statistics. */
export interface MeasuredSeat {
  readonly send: Pick<types.WebRtcTransport, 'getStats'>;
  readonly recv: Pick<types.WebRtcTransport, 'getStats'>;
  readonly tracks: readonly MeasuredTrack[];
  readonly views: readonly MeasuredView[];
}

export interface MeasuredTrack {
  readonly isPaused: boolean;
  readonly standstill: Pick<Standstill, 'isStill'>;
  readonly producer: Pick<types.Producer, 'kind' | 'score' | 'getStats'>;
}

export interface MeasuredView {
  readonly track: Pick<MeasuredTrack, 'isPaused'>;
  readonly consumer: Pick<types.Consumer, 'kind' | 'paused' | 'score' | 'getStats'>;
}

/** The largest that the contract takes; a stream that has stalled for longer says no more than that. */
const MAX_MS = 60_000;

/** How a seat's two directions look from here. What does not flow has no mark. */
export async function measureSeat({ send, recv, tracks, views }: MeasuredSeat): Promise<ServerMeasures> {
  const flowing = tracks.filter(({ isPaused }) => !isPaused);
  const shown = views.filter(({ track, consumer }) => !track.isPaused && !consumer.paused);
  const [[fromPage], [toPage], received, sent] = await Promise.all([
    send.getStats(),
    recv.getStats(),
    Promise.all(flowing.map(({ producer }) => producer.getStats())),
    Promise.all(shown.map(({ consumer }) => consumer.getStats())),
  ]);
  return {
    outbound: {
      roundTripTime: longest(received.flat()),
      packetLoss: share(fromPage?.rtpPacketLossReceived),
      bitrate: Math.round(fromPage?.rtpRecvBitrate ?? 0),
      ...scoresOf(flowing.map((track) => [track.producer.kind, markOf(track)])),
    },
    inbound: {
      // A consumer's statistics name its producer's streams as well.
      roundTripTime: longest(sent.flat().filter(({ type }) => type === 'outbound-rtp')),
      packetLoss: share(toPage?.rtpPacketLossSent),
      bitrate: Math.round(toPage?.rtpSendBitrate ?? 0),
      ...scoresOf(shown.map(({ consumer }) => [consumer.kind, consumer.score.score])),
    },
  };
}

/** Of simulcast that layer counts which fares best: the others may be off on purpose. Of a standstill it is 0. */
function markOf({ standstill, producer }: MeasuredTrack): number | null {
  if (standstill.isStill) return 0;
  return producer.score.length > 0 ? Math.max(...producer.score.map(({ score }) => score)) : null;
}

function scoresOf(
  tracks: readonly (readonly [kind: types.MediaKind, score: number | null])[],
): Pick<ServerDirection, 'audioScore' | 'videoScore'> {
  const worst = (wanted: types.MediaKind): number | null => {
    const scores = tracks.flatMap(([kind, score]) => (kind === wanted && score !== null ? [score] : []));
    return scores.length > 0 ? Math.min(...scores) : null;
  };
  return { audioScore: worst('audio'), videoScore: worst('video') };
}

/** 0 is what the media server says until it has measured. */
function longest(streams: readonly { readonly roundTripTime?: number }[]): number | null {
  const times = streams.flatMap(({ roundTripTime = 0 }) => (roundTripTime > 0 ? [roundTripTime] : []));
  return times.length > 0 ? Math.min(MAX_MS, Math.round(Math.max(...times))) : null;
}

function share(value: number | undefined): number | null {
  return value === undefined ? null : Math.min(1, Math.max(0, value));
}
