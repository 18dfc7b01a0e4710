import type { MediaKind, MediaSource, RtpParameters, SeatId } from '@careconnect/contracts';
import { parseScalabilityMode, type types } from 'mediasoup';
import { media, mediaErrors } from '../media-errors.ts';
import { KEY_FRAME_SPACING_MS } from '../pictures/key-frames.ts';
import { UNWATCHED, watchStandstill, type Standstill, type Watched } from '../pictures/standstill.ts';
import { toRtpParameters } from '../rtp.ts';
import type { Beat } from '../beat.ts';

/** Something a seat sends. It flows when its owner wants that, the room is not held, and the seat does not send too much. */
export interface Track {
  readonly seatId: SeatId;
  readonly source: MediaSource;
  /** Where it is sent to. */
  readonly router: types.Router;
  readonly producer: types.Producer;
  /** By its owner, by a hold or because too much comes. Its producer is also paused while nothing comes (`standstill.ts`). */
  readonly isPaused: boolean;
  /** Calls back when that has changed, until it is told to stop. */
  onPausedChanged(listener: () => void): () => void;
  readonly standstill: Standstill;
  /** As its owner wants it. */
  setPaused(isPaused: boolean): Promise<void>;
  setHeld(isHeld: boolean): Promise<void>;
  /** Whether its seat sends far too much: nobody is shown anything of that. */
  setTooMuch(isTooMuch: boolean): Promise<void>;
}

export interface TrackOffer {
  /** The transport that its sender means to send it through, if it says so. */
  readonly transportId?: string | undefined;
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
  readonly isHeld: boolean;
}

/** A transport that takes tracks, and the router that it is on. */
export interface TrackEnd {
  readonly transport: Pick<types.WebRtcTransport | types.DirectTransport, 'produce' | 'getStats'>;
  readonly router: types.Router;
  /** Of the worker that it is on. */
  readonly beat: Beat;
}

export async function createTrack(
  { transport, router, beat }: TrackEnd,
  seatId: SeatId,
  offer: TrackOffer,
): Promise<Track> {
  const { kind, source, rtpParameters, paused, isHeld } = offer;
  if (!canCarry(source, kind)) throw mediaErrors.wrongKind(source, kind);
  const producer = await media(`the ${source}`, () =>
    transport.produce({
      kind,
      rtpParameters: toRtpParameters(rtpParameters),
      paused: paused || isHeld,
      keyFrameRequestDelay: KEY_FRAME_SPACING_MS,
    }),
  );
  // Of a screen on which nothing moves nothing may come for a while, and all layers in one stream are never scored 0.
  const isWatched = source === 'camera' && producer.type === 'simulcast';
  return asTrack(
    { seatId, source, router, producer },
    offer,
    (isPaused) => setPaused(producer, isPaused),
    (picture) => (isWatched ? watchStandstill(picture, transport, beat) : UNWATCHED),
  );
}

/**
 * A track that there is a producer of.
 * @param pause - holds it, or lets it go on; those that are called one after another are done in that order
 */
export function asTrack(
  named: Pick<Track, 'seatId' | 'source' | 'router' | 'producer'>,
  offer: Pick<TrackOffer, 'paused' | 'isHeld'>,
  pause: (isPaused: boolean) => Promise<void>,
  watch: (picture: Watched) => Standstill = () => UNWATCHED,
): Track {
  const listeners = new Set<() => void>();
  let { paused: isMuted, isHeld } = offer;
  let isTooMuch = false;
  let isStill = false;
  const isStopped = (): boolean => isMuted || isHeld || isTooMuch;
  let isPaused = isStopped();

  async function apply(): Promise<void> {
    try {
      await media('the change', () => pause(isStopped() || isStill));
    } catch (error) {
      if (named.producer.closed) return;
      throw error;
    }
    if (isPaused === isStopped()) return;
    isPaused = !isPaused;
    listeners.forEach((listener) => listener());
  }

  const picture: Watched = {
    producer: named.producer,
    get isPaused() {
      return isPaused;
    },
    async setStill(wanted) {
      isStill = wanted;
      await apply();
    },
  };

  return {
    ...named,
    standstill: watch(picture),
    get isPaused() {
      return isPaused;
    },
    onPausedChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async setPaused(wanted) {
      isMuted = wanted;
      await apply();
    },
    async setHeld(wanted) {
      if (isHeld === wanted) return;
      isHeld = wanted;
      await apply();
    },
    async setTooMuch(wanted) {
      isTooMuch = wanted;
      await apply();
    },
  };
}

/** The worker takes these in the order they are asked for, so the last one holds. */
export function setPaused(producer: types.Producer, isPaused: boolean): Promise<void> {
  return isPaused ? producer.pause() : producer.resume();
}

/** A shared screen may come with its sound. */
export function canCarry(source: MediaSource, kind: MediaKind): boolean {
  switch (source) {
    case 'microphone':
      return kind === 'audio';
    case 'camera':
      return kind === 'video';
    case 'screen':
      return true;
  }
}

/** Whether it shows or sounds like the person themselves. */
export function isOfPerson({ source }: Pick<Track, 'source'>): boolean {
  return source !== 'screen';
}

/** The highest of the layers that its sender has announced: streams of their own (simulcast), or all in one (SVC). */
export function topLayer({ rtpParameters }: Pick<types.Producer, 'rtpParameters'>): number {
  const [first, ...others] = rtpParameters.encodings ?? [];
  return others.length > 0 ? others.length : parseScalabilityMode(first?.scalabilityMode).spatialLayers - 1;
}
