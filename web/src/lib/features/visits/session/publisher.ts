import {
  NO_LAYER,
  type MediaSource,
  type RtpParameters,
  type VideoCodec,
  type VideoCodecs,
} from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { LeavingPictures, type Sent } from './leaving-pictures.ts';
import { encodingOf } from './outgoing-encoding.ts';
import type { SeatSocket } from './seat-connection.ts';
import { limitSending } from './sending-limits.ts';
import { SessionError } from './session-error.ts';
import { pickCodec, withoutVp9, type EncodableCodecs } from './video-codecs.ts';

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
  sent: Sent | null;
  /** In what pictures are sent; null where it was left to the browser, or for sound. */
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
  /** By the producer's id in this browser: what the server will call it. */
  readonly #created = new Map<string, Promise<string>>();
  /** By producer: the highest layer that anyone watches. */
  readonly #limits = new Map<string, number>();
  #limiting = Promise.resolve();
  readonly #leaving = new LeavingPictures((sent) => void this.#close(sent).catch(() => undefined));
  #encodable: EncodableCodecs;
  #videoCodecs: VideoCodecs;
  #savesData: boolean;
  #isInDoubt = false;

  constructor({ transport, socket, savesData, encodable, videoCodecs }: PublisherOptions) {
    this.#savesData = savesData;
    this.#encodable = encodable;
    this.#videoCodecs = videoCodecs;
    this.#transport = transport;
    this.#socket = socket;
    transport.on('produce', ({ kind, rtpParameters, appData }, done) => {
      const id = crypto.randomUUID();
      const created = socket.request('producer:create', {
        transportId: transport.id,
        kind,
        source: appData['source'] as MediaSource,
        rtpParameters: rtpParameters as RtpParameters,
        paused: !appData['isLive'],
      });
      const named = created.then(({ producerId }) => producerId);
      // Its failure belongs to whoever waits for the name; they may have given up before.
      named.catch(() => undefined);
      this.#created.set(id, named);
      // The browser begins with the next source while the server makes this one.
      done({ id });
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

  /** Nothing more of a source leaves this device, which is nothing to tell the server. */
  async silence(source: MediaSource): Promise<void> {
    this.#leaving.endAll(source, null);
    const sent = this.#lanes.get(source)?.sent;
    if (sent) await attach(sent.producer, null);
  }

  /** Nobody watches more of a picture than this layer. */
  limit(producerId: string, maxSpatialLayer: number): void {
    if (maxSpatialLayer === NO_LAYER) this.#leaving.end(producerId);
    this.#limits.set(producerId, maxSpatialLayer);
    for (const { sent } of this.#lanes.values()) if (sent?.producerId === producerId) this.#limit(sent);
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
    if (this.#savesData === savesData) return;
    this.#savesData = savesData;
    for (const { sent } of this.#lanes.values()) if (sent) this.#limit(sent);
  }

  async #reconsider(): Promise<void> {
    await Promise.all([...this.#lanes].map(([source, { wanted }]) => this.set(source, { ...wanted })));
  }

  /** One at a time, for a sender takes no change before it has taken the one before; the last word holds. */
  #limit({ producer, producerId }: Sent): void {
    this.#limiting = this.#limiting.then(async () => {
      const maxSpatialLayer = this.#limits.get(producerId) ?? ALL_LAYERS;
      await limitSending(producer, { maxSpatialLayer, savesData: this.#savesData });
    });
  }

  #openLane(source: MediaSource, wanted: Outgoing): Lane {
    const lane: Lane = { wanted, sent: null, codec: null, isLiveOnServer: false, working: null };
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
    if (!lane.sent) return this.#begin(source, lane, wanted);
    const { sent } = lane;
    const isOutdated = sent.producer.kind === 'video' && lane.codec !== this.#codecFor(source);
    // A device that is gone may come back; a screen that is no longer shown makes room for another's.
    if (!track && (source === 'screen' || isOutdated)) return this.#end(lane, sent);
    if (isOutdated) return this.#replace(source, lane, sent);
    await attach(sent.producer, isLive && !isHeld ? track : null);
    if (source === 'screen') this.#limit(sent);
    if (lane.isLiveOnServer === isLive || (isHeld && isLive)) return;
    lane.isLiveOnServer = null;
    await this.#socket.request('producer:set-paused', { producerId: sent.producerId, paused: !isLive });
    lane.isLiveOnServer = isLive;
  }

  async #begin(source: MediaSource, lane: Lane, wanted: Outgoing): Promise<void> {
    const { track, isLive } = wanted;
    if (!track || track.readyState === 'ended') return;
    const codec = track.kind === 'video' ? this.#codecFor(source) : null;
    lane.sent = await this.#produce(source, track, wanted, codec);
    lane.codec = codec;
    lane.isLiveOnServer = isLive;
  }

  /** In another codec. What is seen of the one before stays until its successor is. */
  async #replace(source: MediaSource, lane: Lane, before: Sent): Promise<void> {
    await this.#begin(source, lane, lane.wanted);
    if (lane.sent === before) return;
    if (before.producer.track) this.#leaving.add(source, before);
    else await this.#close(before);
  }

  #codecFor(source: MediaSource): VideoCodec | null {
    return pickCodec(source, this.#videoCodecs, this.#encodable);
  }

  async #end(lane: Lane, sent: Sent): Promise<void> {
    lane.sent = null;
    await this.#close(sent);
  }

  async #close({ producer, producerId }: Sent): Promise<void> {
    producer.close();
    await this.#socket.request('producer:close', { producerId });
  }

  async #produce(
    source: MediaSource,
    track: MediaStreamTrack,
    { isLive, isHeld }: Outgoing,
    codec: VideoCodec | null,
  ): Promise<Sent> {
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
    const [producerId] = await Promise.all([
      this.#takenBy(producer),
      isLive && !isHeld ? null : attach(producer, null),
    ]);
    const sent = { producer, producerId };
    if (this.#savesData || source === 'screen' || this.#limits.has(producerId)) this.#limit(sent);
    return sent;
  }

  /** What the server calls it, once it has it. */
  async #takenBy(producer: types.Producer): Promise<string> {
    const created = this.#created.get(producer.id);
    this.#created.delete(producer.id);
    try {
      if (!created) throw new TypeError('a producer was made that the server was not asked for');
      return await created;
    } catch (error) {
      this.#isInDoubt ||= SessionError.from(error).isPassing;
      producer.close();
      throw error;
    }
  }
}

/**
 * A sender without a track sends nothing at all, and gets one back without a new negotiation: that
 * would cost an offer and an answer per track in the very moment in which someone joins.
 */
async function attach(producer: types.Producer, track: MediaStreamTrack | null): Promise<void> {
  if (producer.track !== track) await producer.replaceTrack({ track });
}
