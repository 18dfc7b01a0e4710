import { GROUP_MIN_SEATS, type SeatId } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import type { Track } from '../seats/tracks.ts';
import type { RoomPart } from '../workers/room-part.ts';

/** As often as mediasoup's `ActiveSpeakerObserver` decides unless told, in ms. */
const DECIDE_EVERY_MS = 300;

type HeardTrack = Pick<Track, 'seatId' | 'source' | 'producer' | 'router'>;

export interface SpeakerWatchOptions {
  /** Where all sound of the room comes together: whoever speaks in one router cannot be compared with another's. */
  readonly part: () => Pick<RoomPart, 'router' | 'bring'>;
  /** Who is seen and heard, and what they send. */
  readonly inside: () => readonly { readonly tracks: readonly HeardTrack[] }[];
  readonly onSpeaker: (seatId: SeatId) => void;
  readonly log: Pick<Logger, 'warn'>;
}

/** Finds who speaks in a room, as soon as there are enough people in it for that to be a question. */
export class SpeakerWatch {
  readonly #options: SpeakerWatchOptions;
  readonly #owners = new Map<string, SeatId>();
  #observer: Promise<types.ActiveSpeakerObserver> | null = null;
  #told: SeatId | null = null;

  constructor(options: SpeakerWatchOptions) {
    this.#options = options;
  }

  /** Somebody has come in, or sends something new. */
  look(): void {
    const inside = this.#options.inside();
    if (inside.length < GROUP_MIN_SEATS) return;
    const voices = inside.flatMap(({ tracks }) => tracks).filter(({ source }) => source === 'microphone');
    for (const voice of voices) if (!this.#owners.has(voice.producer.id)) this.#follow(voice);
  }

  /** Tells again who spoke last, for someone who has not heard of it. */
  remind(): void {
    if (this.#told) this.#options.onSpeaker(this.#told);
  }

  #follow(voice: HeardTrack): void {
    const { producer, seatId } = voice;
    this.#owners.set(producer.id, seatId);
    producer.observer.once('close', () => {
      this.#owners.delete(producer.id);
      if (this.#told === seatId) this.#told = null;
    });
    this.#add(voice).catch((error: unknown) => {
      if (producer.closed) return;
      // Everyone is heard all the same; the next look tries again.
      this.#owners.delete(producer.id);
      this.#options.log.warn({ err: error, seatId }, 'a voice is not watched');
    });
  }

  async #add({ producer, router }: HeardTrack): Promise<void> {
    const part = this.#options.part();
    this.#observer ??= this.#observe(part.router);
    const observer = await this.#observer;
    await part.bring({ producer, router });
    await observer.addProducer({ producerId: producer.id });
  }

  /** It ends with the router. */
  async #observe(router: types.Router): Promise<types.ActiveSpeakerObserver> {
    const observer = await router.createActiveSpeakerObserver({ interval: DECIDE_EVERY_MS });
    observer.on('dominantspeaker', ({ producer }) => {
      const seatId = this.#owners.get(producer.id);
      if (!seatId || seatId === this.#told) return;
      this.#told = seatId;
      this.#options.onSpeaker(seatId);
    });
    return observer;
  }
}
