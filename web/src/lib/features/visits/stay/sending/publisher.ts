import { NO_LAYER, type MediaSource, type VideoCodecs } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import type { Outgoing } from '../devices/outgoing.ts';
import { pickCodec, withoutVp9, type EncodableCodecs } from '../encoding/video-codecs.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { LeavingPictures } from './leaving-pictures.ts';
import { SendingLimiter } from './sending-limiter.ts';
import { SourceLane, type SourceLaneParts } from './source-lane.ts';
import { TransportProducers, type Sent } from './transport-producers.ts';

export interface PublisherOptions {
  readonly transport: types.Transport;
  readonly socket: SeatSocket;
  readonly savesData: boolean;
  readonly encodable: EncodableCodecs;
  readonly videoCodecs: VideoCodecs;
}

/** Sends this person's tracks over one transport, and lives as long as that transport. */
export class Publisher {
  readonly #producers: TransportProducers;
  readonly #leaving: LeavingPictures;
  readonly #limiter: SendingLimiter;
  readonly #lanes = new Map<MediaSource, SourceLane>();
  readonly #laneParts: SourceLaneParts;
  #encodable: EncodableCodecs;
  #videoCodecs: VideoCodecs;

  constructor({ transport, socket, savesData, encodable, videoCodecs }: PublisherOptions) {
    this.#producers = new TransportProducers(transport, socket);
    this.#leaving = new LeavingPictures((sent) => void this.#producers.end(sent).catch(() => undefined));
    this.#limiter = new SendingLimiter(savesData);
    this.#encodable = encodable;
    this.#videoCodecs = videoCodecs;
    this.#laneParts = {
      producers: this.#producers,
      leaving: this.#leaving,
      limiter: this.#limiter,
      codecFor: (source) => pickCodec(source, this.#videoCodecs, this.#encodable),
      encodable: (codec) => this.#encodable.get(codec),
    };
  }

  /** The server may send something of ours that we do not know of, because its answer never came. */
  get isInDoubt(): boolean {
    return this.#producers.isInDoubt;
  }

  /** Makes what is sent of a source match what is wanted; the last wish wins. */
  async set(source: MediaSource, wanted: Outgoing): Promise<void> {
    const lane = this.#lanes.get(source) ?? new SourceLane(source, this.#laneParts);
    this.#lanes.set(source, lane);
    await lane.set(wanted);
  }

  /** Nothing more of a source leaves this device, which is nothing to tell the server. */
  async silence(source: MediaSource): Promise<void> {
    await this.#lanes.get(source)?.silence();
  }

  /** Nobody watches more of a picture than this layer. */
  limit(producerId: string, maxSpatialLayer: number): void {
    if (maxSpatialLayer === NO_LAYER) this.#leaving.end(producerId);
    this.#limiter.watched(producerId, maxSpatialLayer);
    for (const sent of this.#sent) if (sent.producerId === producerId) this.#limiter.apply(sent);
  }

  /** The others can be shown other codecs than before: pictures that are sent are replaced where that matters. */
  async encodeFor(videoCodecs: VideoCodecs): Promise<void> {
    if (videoCodecs.join() === this.#videoCodecs.join()) return;
    this.#videoCodecs = videoCodecs;
    await this.#reconsider();
  }

  /** This device does not encode VP9 well after all. */
  async goWithoutVp9(): Promise<void> {
    this.#encodable = withoutVp9(this.#encodable);
    await this.#reconsider();
  }

  /** The person wants to send as little as is of use, or no longer. */
  saveData(savesData: boolean): void {
    if (this.#limiter.savesData === savesData) return;
    this.#limiter.savesData = savesData;
    for (const sent of this.#sent) this.#limiter.apply(sent);
  }

  async #reconsider(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.reconsider()));
  }

  get #sent(): Sent[] {
    return [...this.#lanes.values()].flatMap(({ sent }) => sent ?? []);
  }
}
