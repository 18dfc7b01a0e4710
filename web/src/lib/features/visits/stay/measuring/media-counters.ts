import type { MediaKind } from '@careconnect/contracts';
import { roundTripSeconds, sendingPairs, statsOf, type StatTypes } from './stats.ts';

/** What webrtc-stats counts of one RTP stream since the beginning, at one moment. Seconds, as counted there. */
export interface StreamCounters {
  readonly kind: MediaKind;
  readonly packets: number;
  readonly bytes: number;
  readonly frames: number;
  readonly frameWidth: number | null;
  readonly frameHeight: number | null;
}

export interface InboundCounters extends StreamCounters {
  readonly packetsLost: number;
  readonly jitter: number | null;
  readonly jitterBufferDelay: number;
  readonly jitterBufferEmittedCount: number;
  /** Without those that replace silence by silence. */
  readonly concealedSamples: number;
  readonly totalSamplesReceived: number;
  readonly freezeCount: number;
  readonly totalFreezesDuration: number;
}

/** What the receiver of an outbound stream has reported of it. */
export interface ReceiverCounters {
  readonly kind: MediaKind;
  readonly packetsLost: number;
  readonly jitter: number | null;
  readonly roundTripTime: number | null;
}

/** Streams by the id that the browser gives them. */
export interface MediaCounters {
  readonly inbound: ReadonlyMap<string, InboundCounters>;
  readonly outbound: ReadonlyMap<string, StreamCounters>;
  readonly receivers: ReadonlyMap<string, ReceiverCounters>;
  readonly roundTripTime: number | null;
  /** Of the connection that sends: the guess of the other one is never put to the test. */
  readonly availableOutgoingBitrate: number | null;
}

/** Reads the reports of both directions. */
export function readCounters(reports: readonly RTCStatsReport[]): MediaCounters {
  return {
    inbound: byId(statsOf(reports, 'inbound-rtp'), readInbound),
    outbound: byId(statsOf(reports, 'outbound-rtp'), readOutbound),
    receivers: byId(statsOf(reports, 'remote-inbound-rtp'), readReceiver),
    roundTripTime: roundTripSeconds(reports),
    availableOutgoingBitrate: known(sendingPairs(reports).at(-1)?.availableOutgoingBitrate),
  };
}

function byId<Stat extends RTCStats, T>(
  stats: readonly Stat[],
  read: (stat: Stat) => T,
): ReadonlyMap<string, T> {
  return new Map(stats.map((stat) => [stat.id, read(stat)]));
}

function readOutbound(stat: StatTypes['outbound-rtp']): StreamCounters {
  return {
    ...readPicture(stat),
    packets: count(stat.packetsSent),
    bytes: count(stat.bytesSent),
    frames: count(stat.framesSent),
  };
}

function readInbound(stat: StatTypes['inbound-rtp']): InboundCounters {
  return {
    ...readPicture(stat),
    packets: count(stat.packetsReceived),
    bytes: count(stat.bytesReceived),
    frames: count(stat.framesDecoded),
    packetsLost: count(stat.packetsLost),
    jitter: known(stat.jitter),
    jitterBufferDelay: count(stat.jitterBufferDelay),
    jitterBufferEmittedCount: count(stat.jitterBufferEmittedCount),
    concealedSamples: count(stat.concealedSamples) - count(stat.silentConcealedSamples),
    totalSamplesReceived: count(stat.totalSamplesReceived),
    freezeCount: count(stat.freezeCount),
    totalFreezesDuration: count(stat.totalFreezesDuration),
  };
}

function readPicture(
  stat: StatTypes['inbound-rtp' | 'outbound-rtp'],
): Pick<StreamCounters, 'kind' | 'frameWidth' | 'frameHeight'> {
  return { kind: kindOf(stat), frameWidth: known(stat.frameWidth), frameHeight: known(stat.frameHeight) };
}

function readReceiver(stat: StatTypes['remote-inbound-rtp']): ReceiverCounters {
  return {
    kind: kindOf(stat),
    packetsLost: count(stat.packetsLost),
    jitter: known(stat.jitter),
    roundTripTime: known(stat.roundTripTime),
  };
}

function kindOf({ kind }: RTCRtpStreamStats): MediaKind {
  return kind === 'video' ? 'video' : 'audio';
}

/** Null also where a browser has counted nonsense. */
function known(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function count(value: number | undefined): number {
  return known(value) ?? 0;
}
