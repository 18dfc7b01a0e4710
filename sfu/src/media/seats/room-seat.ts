import type {
  Bottleneck,
  ConsumerParameters,
  DtlsParameters,
  IceParameters,
  PreferredLayers,
  RtpCapabilities,
  SeatId,
  ServerMeasures,
  TransportIds,
  VisitId,
} from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { AnnounceView } from '../../announce.ts';
import type { EndName, EndParameters } from './seat-ends.ts';
import type { Track, TrackOffer } from './tracks.ts';
import type { SendingAccounts } from './sending-accounts.ts';

/** What a seat is opened with, wherever in the room it is. */
export interface SeatOptions {
  readonly roomId: VisitId;
  readonly seatId: SeatId;
  readonly rtpCapabilities: RtpCapabilities;
  readonly announce: AnnounceView;
  readonly log: Logger;
  /** How long a seat without any connection is kept for someone to come back to. */
  readonly abandonAfterMs: number;
  readonly sending: SendingAccounts;
  readonly onAbandoned: () => void;
  /** It went on sending far more than anybody may. */
  readonly onFlooded: () => void;
  /** Something may flow to this seat that did not, or the other way round. */
  readonly onFlowChanged: () => void;
  /** It may want more or less of a picture than before. */
  readonly onWishChanged: () => void;
  /** A browser has come to one of its transports, or has gone. */
  readonly onConnectionChanged?: () => void;
}

export interface PlacedSeatOptions extends SeatOptions {
  readonly onClosed: () => void;
}

/** How one viewer stands to a track that they are shown, or would be. */
export interface Watching {
  readonly track: Track;
  readonly consumerId: string;
  /** By its viewer. */
  readonly isPaused: boolean;
  readonly bottleneck: Bottleneck | null;
  /** The highest layer that they asked for. */
  readonly spatialLayer: number;
}

/** What the viewer's browser needs to show a track, as things are when it is called; null when it has ended. */
export type Describe = () => ConsumerParameters | null;

/** One seat as the room knows it. */
export interface RoomSeat {
  readonly id: SeatId;
  /** Whether it is this process that carries its media. */
  readonly isHere: boolean;
  /** What a browser needs to make its ends. */
  readonly ends: EndParameters;
  /** What its browser can be shown. */
  readonly rtpCapabilities: RtpCapabilities;
  /** Whether a browser is at the other end. */
  readonly isConnected: boolean;
  readonly isInside: boolean;
  /** Whether consumers are made for it. */
  readonly isViewer: boolean;
  readonly tracks: readonly Track[];
  /** What it is shown, or would be. */
  readonly watching: readonly Watching[];
  /** Whether these are its transports, and a browser may still be at their other ends. */
  hasTransports(ids: TransportIds): boolean;
  connect(name: EndName, dtlsParameters: DtlsParameters): Promise<void>;
  restartIce(name: EndName): Promise<IceParameters>;
  /** Outside again, whatever was made for it ends. One who is inside stays there. */
  setInvited(isInvited: boolean): void;
  enter(): void;
  produce(offer: TrackOffer): Promise<Track>;
  setProducerPaused(producerId: string, isPaused: boolean): Promise<void>;
  closeProducer(producerId: string): void;
  /** Shows a track to this seat; the same view when it is shown already. Null when it cannot be. */
  watch(track: Track): Promise<Describe | null>;
  /** Those that have ended meanwhile are left out; refused only when none is known. */
  setConsumersPaused(consumerIds: readonly string[], isPaused: boolean): Promise<void>;
  /** Lets those flow that there are. */
  resume(consumerIds: readonly string[]): Promise<void>;
  setPreferredLayers(consumerId: string, layers: PreferredLayers): Promise<void>;
  /** What its end here measures of both directions right now. */
  measure(): Promise<ServerMeasures>;
  close(): void;
}
