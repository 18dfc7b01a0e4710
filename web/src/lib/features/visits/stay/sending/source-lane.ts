import type { MediaSource, VideoCodec } from '@careconnect/contracts';
import { trackToSend, type Outgoing } from '../devices/outgoing.ts';
import { encodingOf } from '../encoding/outgoing-encoding.ts';
import type { LeavingPictures } from './leaving-pictures.ts';
import type { SendingLimiter } from './sending-limiter.ts';
import { attach, type Encoding, type Sent, type TransportProducers } from './transport-producers.ts';

export interface SourceLaneParts {
  readonly producers: TransportProducers;
  readonly leaving: LeavingPictures;
  readonly limiter: SendingLimiter;
  /** In what a picture of this source is sent now; null leaves it to the browser. */
  readonly codecFor: (source: MediaSource) => VideoCodec | null;
  /** What the browser calls a codec, if it has it. */
  readonly encodable: (codec: VideoCodec) => Encoding['codec'];
}

/** What is sent of one source, made to match what is wanted of it. */
export class SourceLane {
  readonly #source: MediaSource;
  readonly #parts: SourceLaneParts;
  #wanted: Outgoing | null = null;
  #sent: Sent | null = null;
  /** In what pictures are sent; null where it was left to the browser, or for sound. */
  #codec: VideoCodec | null = null;
  /** Tells the server apart from the local side, which is switched first. Null: its answer never came. */
  #isLiveOnServer: boolean | null = false;
  #working: Promise<void> | null = null;

  constructor(source: MediaSource, parts: SourceLaneParts) {
    this.#source = source;
    this.#parts = parts;
  }

  get sent(): Sent | null {
    return this.#sent;
  }

  /** The last wish wins. */
  async set(wanted: Outgoing): Promise<void> {
    this.#wanted = wanted;
    this.#working ??= this.#settle().finally(() => (this.#working = null));
    await this.#working;
  }

  /** Another codec may be the right one for what is wanted. */
  async reconsider(): Promise<void> {
    if (this.#wanted) await this.set({ ...this.#wanted });
  }

  /** Nothing more leaves this device, which is nothing to tell the server. */
  async silence(): Promise<void> {
    this.#parts.leaving.endAll(this.#source, null);
    if (this.#sent) await attach(this.#sent.producer, null);
  }

  async #settle(): Promise<void> {
    let done: Outgoing | null = null;
    while (this.#wanted && done !== this.#wanted && !this.#parts.producers.isClosed) {
      done = this.#wanted;
      try {
        await this.#apply(done);
      } catch (error) {
        // A refusal of what is no longer wanted says nothing about what is.
        if (done === this.#wanted) throw error;
      }
    }
  }

  async #apply(wanted: Outgoing): Promise<void> {
    const { track, isLive, isHeld } = wanted;
    const { leaving, limiter, producers, codecFor } = this.#parts;
    const source = this.#source;
    leaving.endAll(source, trackToSend(wanted));
    const sent = this.#sent;
    if (!sent) return this.#begin(wanted);
    const isOutdated = sent.producer.kind === 'video' && this.#codec !== codecFor(source);
    // A device that is gone may come back; a screen that is no longer shown makes room for another's.
    if (!track && (source === 'screen' || isOutdated)) return this.#end(sent);
    if (isOutdated) return this.#replace(wanted, sent);
    await attach(sent.producer, trackToSend(wanted));
    if (source === 'screen') limiter.apply(sent);
    if (this.#isLiveOnServer === isLive || (isHeld && isLive)) return;
    this.#isLiveOnServer = null;
    await producers.pause(sent, !isLive);
    this.#isLiveOnServer = isLive;
  }

  async #begin(wanted: Outgoing): Promise<void> {
    const { track, isLive } = wanted;
    if (!track || track.readyState === 'ended') return;
    const { producers, limiter, codecFor, encodable } = this.#parts;
    const codec = track.kind === 'video' ? codecFor(this.#source) : null;
    const known = codec && encodable(codec);
    this.#sent = await producers.create(this.#source, track, wanted, {
      ...encodingOf(this.#source, track, codec),
      ...(known ? { codec: known } : {}),
    });
    limiter.begin(this.#sent);
    this.#codec = codec;
    this.#isLiveOnServer = isLive;
  }

  /** In another codec. What is seen of the one before stays until its successor is. */
  async #replace(wanted: Outgoing, before: Sent): Promise<void> {
    await this.#begin(wanted);
    if (this.#sent === before) return;
    if (before.producer.track) this.#parts.leaving.add(this.#source, before);
    else await this.#parts.producers.end(before);
  }

  async #end(sent: Sent): Promise<void> {
    this.#sent = null;
    await this.#parts.producers.end(sent);
  }
}
