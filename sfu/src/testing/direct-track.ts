import { SeatId } from '@careconnect/contracts';
import type { types } from 'mediasoup';
import { randomUUID } from 'node:crypto';
import { createTrack, type Track, type TrackOffer } from '../media/seats/tracks.ts';
import { createBeat } from '../media/beat.ts';

/** A track that a test sends itself, packet by packet, and how it does. */
export interface DirectTrack {
  readonly track: Track;
  readonly transport: types.DirectTransport;
  /** Sends at this pace from now on, and ends with the producer. */
  readonly sendEvery: (everyMs: number, send: () => void) => void;
}

export async function createDirectTrack(
  router: types.Router,
  offer: Pick<TrackOffer, 'kind' | 'source' | 'rtpParameters'>,
): Promise<DirectTrack> {
  const transport = await router.createDirectTransport();
  const seatId = SeatId.parse(randomUUID());
  const track = await createTrack({ transport, router, beat: createBeat() }, seatId, {
    ...offer,
    paused: false,
    isHeld: false,
  });
  return {
    track,
    transport,
    sendEvery(everyMs, send) {
      const timer = setInterval(send, everyMs);
      track.producer.observer.once('close', () => clearInterval(timer));
    },
  };
}
