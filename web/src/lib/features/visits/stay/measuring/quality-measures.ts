import { QualityMeasures, type MediaKind } from '@careconnect/contracts';
import type { InboundCounters, MediaCounters, ReceiverCounters, StreamCounters } from './media-counters.ts';

/** What the others in the room send right now, as far as the page has been told. */
export type Expected = Readonly<Record<MediaKind, boolean>>;

export interface Period {
  readonly before: MediaCounters;
  readonly now: MediaCounters;
  readonly durationMs: number;
  readonly expected: Expected;
  /** Nobody looks at the page, and the browser may stop decoding pictures. */
  readonly isHidden: boolean;
}

type Direction = QualityMeasures['outbound'] | QualityMeasures['inbound'];

/**
 * What one period added to the counters. A stream that was not there at both ends, or has started over with a
 * new media path, is left out. Null where nothing was sent and nothing was to come.
 */
export function measurePeriod({
  before,
  now,
  durationMs,
  expected,
  isHidden,
}: Period): QualityMeasures | null {
  const sent = grown(before.outbound, now.outbound);
  const lost = grown(before.receivers, now.receivers);
  const come = grown(before.inbound, now.inbound);
  const ofKind = <T extends { readonly kind: MediaKind }>(all: readonly Grown<T>[], kind: MediaKind) =>
    all.filter(({ to }) => to.kind === kind);
  const isDue = (kind: MediaKind) => expected[kind] && !hasBegun(before, now, kind);
  const measures = {
    durationMs: Math.round(durationMs),
    roundTripTime: milliseconds(now.roundTripTime),
    availableOutgoingBitrate: whole(now.availableOutgoingBitrate),
    outbound: {
      audio: measureSent(ofKind(sent, 'audio'), ofKind(lost, 'audio'), durationMs),
      video: measureSentPicture(ofKind(sent, 'video'), ofKind(lost, 'video'), durationMs),
    },
    inbound: {
      audio: measureSound(ofKind(come, 'audio'), durationMs, isDue('audio')),
      video: isHidden ? null : measurePicture(ofKind(come, 'video'), durationMs, isDue('video')),
    },
  };
  if (isEmpty(measures.outbound) && isEmpty(measures.inbound)) return null;
  // A browser with absurd counters tells nothing, rather than having its other reports refused.
  return QualityMeasures.safeParse(measures).data ?? null;
}

interface Grown<T> {
  readonly from: T;
  readonly to: T;
}

/** Streams that were there at both ends, and that have not started over between them. */
function grown<T extends StreamCounters | ReceiverCounters>(
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
): Grown<T>[] {
  return [...now].flatMap(([id, to]) => {
    const from = before.get(id);
    return from && progressOf(to) >= progressOf(from) ? [{ from, to }] : [];
  });
}

/** Something came that cannot be measured yet, because it was not there when the period began. */
function hasBegun(before: MediaCounters, now: MediaCounters, kind: MediaKind): boolean {
  return [...now.inbound].some(([id, stream]) => {
    const from = before.inbound.get(id);
    return stream.kind === kind && stream.packets > 0 && (!from || from.packets > stream.packets);
  });
}

function progressOf(counters: StreamCounters | ReceiverCounters): number {
  return 'packets' in counters ? counters.packets : counters.packetsLost;
}

function isEmpty({ audio, video }: Direction): boolean {
  return audio === null && video === null;
}

function measureStream(streams: readonly Grown<StreamCounters>[], durationMs: number) {
  const bits = 8 * added(streams, ({ bytes }) => bytes);
  return {
    packets: added(streams, ({ packets }) => packets),
    bitrate: Math.round((bits * 1_000) / durationMs),
  };
}

function measureSent(
  streams: readonly Grown<StreamCounters>[],
  receivers: readonly Grown<ReceiverCounters>[],
  durationMs: number,
) {
  const stream = measureStream(streams, durationMs);
  // Nothing was sent: muted, or there is no such track.
  if (stream.packets === 0) return null;
  return {
    ...stream,
    packetsLost: added(receivers, ({ packetsLost }) => packetsLost),
    jitter: milliseconds(largest(receivers, ({ jitter }) => jitter)),
    roundTripTime: milliseconds(largest(receivers, ({ roundTripTime }) => roundTripTime)),
  };
}

/** Of the layers of one picture, the largest that is sent is the one that is meant. */
function measureSentPicture(
  layers: readonly Grown<StreamCounters>[],
  receivers: readonly Grown<ReceiverCounters>[],
  durationMs: number,
) {
  const stream = measureSent(layers, receivers, durationMs);
  const main = widest(layers.filter(({ from, to }) => to.frames > from.frames));
  return stream && { ...stream, ...frames(main, durationMs) };
}

function measureSound(streams: readonly Grown<InboundCounters>[], durationMs: number, isExpected: boolean) {
  const stream = measureStream(streams, durationMs);
  if (stream.packets === 0 && !isExpected) return null;
  const played = added(streams, ({ totalSamplesReceived }) => totalSamplesReceived);
  const concealed = added(streams, ({ concealedSamples }) => concealedSamples);
  const emitted = added(streams, ({ jitterBufferEmittedCount }) => jitterBufferEmittedCount);
  const waited = added(streams, ({ jitterBufferDelay }) => jitterBufferDelay);
  return {
    ...stream,
    packetsLost: added(streams, ({ packetsLost }) => packetsLost),
    jitter: milliseconds(largest(streams, ({ jitter }) => jitter)),
    jitterBufferDelay: emitted > 0 ? milliseconds(waited / emitted) : null,
    concealedShare: played > 0 ? Math.min(1, Math.round((10_000 * concealed) / played) / 10_000) : null,
  };
}

function measurePicture(streams: readonly Grown<InboundCounters>[], durationMs: number, isExpected: boolean) {
  const flowing = streams.filter(({ from, to }) => to.packets > from.packets);
  if (flowing.length === 0 && !isExpected) return null;
  const main = widest(flowing);
  const own = main ? [main] : [];
  return {
    ...measureStream(own, durationMs),
    ...frames(main, durationMs),
    packetsLost: added(own, ({ packetsLost }) => packetsLost),
    jitter: milliseconds(largest(own, ({ jitter }) => jitter)),
    freezeCount: added(own, ({ freezeCount }) => freezeCount),
    totalFreezesDuration: milliseconds(added(own, ({ totalFreezesDuration }) => totalFreezesDuration)) ?? 0,
  };
}

function widest<T extends StreamCounters>(streams: readonly Grown<T>[]): Grown<T> | null {
  const areaOf = ({ to }: Grown<T>): number => (to.frameWidth ?? 0) * (to.frameHeight ?? 0);
  const [first = null, ...others] = streams;
  return others.reduce((best, next) => (best && areaOf(next) > areaOf(best) ? next : best), first);
}

function frames(stream: Grown<StreamCounters> | null, durationMs: number) {
  const perSecond = stream ? ((stream.to.frames - stream.from.frames) * 1_000) / durationMs : 0;
  return {
    frameWidth: stream?.to.frameWidth ?? null,
    frameHeight: stream?.to.frameHeight ?? null,
    framesPerSecond: Math.round(Math.max(0, perSecond) * 10) / 10,
  };
}

/** Losses can be taken back, when what was late comes after all. */
function added<T>(streams: readonly Grown<T>[], read: (counters: T) => number): number {
  return streams.reduce((sum, { from, to }) => sum + Math.max(0, read(to) - read(from)), 0);
}

function largest<T>(streams: readonly Grown<T>[], read: (counters: T) => number | null): number | null {
  const values = streams.flatMap(({ to }) => read(to) ?? []);
  return values.length > 0 ? Math.max(...values) : null;
}

/** webrtc-stats has seconds. */
function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1_000);
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
