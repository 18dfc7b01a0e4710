import {
  NO_LAYER,
  type MediaSource,
  type RtpParameters,
  type VideoCodec,
  type VideoCodecs,
} from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { LeavingPictures } from './leaving-pictures.ts';
import { encodingOf } from './outgoing-encoding.ts';
import type { SeatSocket } from './seat-connection.ts';
import { limitSending } from './sending-limits.ts';
import { SessionError } from './session-error.ts';
import { pickCodec, type EncodableCodecs } from './video-codecs.ts';

/**
 * What may become of all that a person sends. `ready`: it stands ready, for the room. `live`: it flows.
 * `held`: it would, were the visit not on hold.
 */
export type Flow = 'ready' | 'live' | 'held';

/** What this person wants to send of one source. */
export interface Outgoing {
  readonly track: MediaStreamTrack | null;
  /** False keeps everything negotiated while nothing flows (lobby, muted, camera off). */
  readonly isLive: boolean;
  /**
   * The visit is on hold. Nothing leaves this device, and the server, which holds by itself, hears only
   * what the person mutes: it lets flow on what was live, and refuses to be told to during the hold.
   */
  readonly isHeld: boolean;
}

interface Lane {
  wanted: Outgoing;
  producer: types.Producer | null;
  /** In what the producer sends pictures; null where it was left to the browser, or sends sound. */
  codec: VideoCodec | null;
  /** Tells the server apart from the local side, which is switched first. Null: its answer never came. */
  isLiveOnServer: boolean | null;
  working: Promise<void> | null;
}

const ALL_LAYERS = Infinity;
export interface PublisherOptions {
  readonly transport: types.Transport;
  readonly socket: SeatSocket;
  readonly savesData: boolean;
  readonly encodable: EncodableCodecs;
  readonly videoCodecs: VideoCodecs;
}

/** Sends this person's tracks over one transport, and lives as long as that transport. */
export class Publisher {
  readonly #transport: types.Transport;
  readonly #socket: SeatSocket;
  readonly #lanes = new Map<MediaSource, Lane>();
  /** By producer: the highest layer that anyone watches. */
  readonly #limits = new Map<string, number>();
  #limiting = Promise.resolve();
  readonly #encodable: EncodableCodecs;
  readonly #leaving = new LeavingPictures((producer) => void this.#close(producer).catch(() => undefined));
  #videoCodecs: VideoCodecs;
  #savesData: boolean;
  #isInDoubt = false;

  constructor({ transport, socket, savesData, encodable, videoCodecs }: PublisherOptions) {
    this.#savesData = savesData;
    this.#encodable = encodable;
    this.#videoCodecs = videoCodecs;
    this.#transport = transport;
    this.#socket = socket;
    transport.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      socket
        .request('producer:create', {
          transportId: transport.id,
          kind,
          source: appData['source'] as MediaSource,
          rtpParameters: rtpParameters as RtpParameters,
          paused: !appData['isLive'],
        })
        .then(
          ({ producerId }) => done({ id: producerId }),
          (error: Error) => {
            this.#isInDoubt ||= SessionError.from(error).isPassing;
            fail(error);
          },
        );
    });
  }

  /** The server may send something of ours that we do not know of, because its answer never came. */
  get isInDoubt(): boolean {
    return this.#isInDoubt;
  }

  /** Makes what is sent of a source match what is wanted; the last wish wins. */
  async set(source: MediaSource, wanted: Outgoing): Promise<void> {
    const lane = this.#lanes.get(source) ?? this.#openLane(source, wanted);
    lane.wanted = wanted;
    lane.working ??= this.#settle(source, lane).finally(() => (lane.working = null));
    await lane.working;
  }

  /** Nobody watches more of a picture than this layer. */
  limit(producerId: string, maxSpatialLayer: number): void {
    if (maxSpatialLayer === NO_LAYER) this.#leaving.end(producerId);
    this.#limits.set(producerId, maxSpatialLayer);
    for (const { producer } of this.#lanes.values()) {
      if (producer?.id === producerId) this.#limit(producer);
    }
  }

  /** The others can be shown other codecs than before: pictures that are sent are replaced where that matters. */
  async encodeFor(videoCodecs: VideoCodecs): Promise<void> {
    if (videoCodecs.join() === this.#videoCodecs.join()) return;
    this.#videoCodecs = videoCodecs;
    await Promise.all([...this.#lanes].map(([source, { wanted }]) => this.set(source, { ...wanted })));
  }

  /** The person wants to send as little as is of use, or no longer. */
  saveData(savesData: boolean): void {
    if (this.#savesData === savesData) return;
    this.#savesData = savesData;
    for (const { producer } of this.#lanes.values()) if (producer) this.#limit(producer);
  }

  /** One at a time, for a sender takes no change before it has taken the one before; the last word holds. */
  #limit(producer: types.Producer): void {
    this.#limiting = this.#limiting.then(async () => {
      const maxSpatialLayer = this.#limits.get(producer.id) ?? ALL_LAYERS;
      await limitSending(producer, { maxSpatialLayer, savesData: this.#savesData });
    });
  }

  #openLane(source: MediaSource, wanted: Outgoing): Lane {
    const lane: Lane = { wanted, producer: null, codec: null, isLiveOnServer: false, working: null };
    this.#lanes.set(source, lane);
    return lane;
  }

  async #settle(source: MediaSource, lane: Lane): Promise<void> {
    let done: Outgoing | null = null;
    while (done !== lane.wanted && !this.#transport.closed) {
      done = lane.wanted;
      try {
        await this.#apply(source, lane, done);
      } catch (error) {
        // A refusal of what is no longer wanted says nothing about what is.
        if (done === lane.wanted) throw error;
      }
    }
  }

  async #apply(source: MediaSource, lane: Lane, wanted: Outgoing): Promise<void> {
    const { track, isLive, isHeld } = wanted;
    this.#leaving.endAll(source, isLive && !isHeld ? track : null);
    if (!lane.producer) return this.#begin(source, lane, wanted);
    const { producer } = lane;
    const isOutdated = producer.kind === 'video' && lane.codec !== this.#codecFor(source);
    // A device that is gone may come back; a screen that is no longer shown makes room for another's.
    if (!track && (source === 'screen' || isOutdated)) return this.#end(lane, producer);
    if (isOutdated) return this.#replace(source, lane, producer);
    await attach(producer, isLive && !isHeld ? track : null);
    if (source === 'screen') this.#limit(producer);
    if (lane.isLiveOnServer === isLive || (isHeld && isLive)) return;
    lane.isLiveOnServer = null;
    await this.#socket.request('producer:set-paused', { producerId: producer.id, paused: !isLive });
    lane.isLiveOnServer = isLive;
  }

  async #begin(source: MediaSource, lane: Lane, wanted: Outgoing): Promise<void> {
    const { track, isLive } = wanted;
    if (!track || track.readyState === 'ended') return;
    const codec = track.kind === 'video' ? this.#codecFor(source) : null;
    lane.producer = await this.#produce(source, track, wanted, codec);
    lane.codec = codec;
    lane.isLiveOnServer = isLive;
  }

  /** In another codec. What is seen of the one before stays until its successor is. */
  async #replace(source: MediaSource, lane: Lane, before: types.Producer): Promise<void> {
    await this.#begin(source, lane, lane.wanted);
    if (lane.producer === before) return;
    if (before.track) this.#leaving.add(source, before);
    else await this.#close(before);
  }

  #codecFor(source: MediaSource): VideoCodec | null {
    return pickCodec(source, this.#videoCodecs, this.#encodable);
  }

  async #end(lane: Lane, producer: types.Producer): Promise<void> {
    lane.producer = null;
    await this.#close(producer);
  }

  async #close(producer: types.Producer): Promise<void> {
    producer.close();
    await this.#socket.request('producer:close', { producerId: producer.id });
  }

  async #produce(
    source: MediaSource,
    track: MediaStreamTrack,
    { isLive, isHeld }: Outgoing,
    codec: VideoCodec | null,
  ): Promise<types.Producer> {
    const known = codec && this.#encodable.get(codec);
    const producer = await this.#transport.produce({
      track,
      ...encodingOf(source, track, codec),
      ...(known ? { codec: known } : {}),
      // The track belongs to whoever captured it: a preview goes on while nothing is sent.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, isLive },
    });
    if (!isLive || isHeld) await attach(producer, null);
    if (this.#savesData || source === 'screen' || this.#limits.has(producer.id)) this.#limit(producer);
    return producer;
  }
}

/**
 * A sender without a track sends nothing at all, and gets one back without a new negotiation: that
 * would cost an offer and an answer per track in the very moment in which someone joins.
 */
async function attach(producer: types.Producer, track: MediaStreamTrack | null): Promise<void> {
  if (producer.track !== track) await producer.replaceTrack({ track });
}
