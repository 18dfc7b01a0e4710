import type {
  DtlsParameters,
  RtpCapabilities,
  RtpParameters,
  TransportParameters,
} from '@careconnect/contracts';

export interface SeatRef {
  readonly roomId: string;
  readonly seatId: string;
}

export interface SeatPaths {
  readonly send: TransportParameters;
  readonly recv: TransportParameters;
}

export interface WatchedTrack {
  readonly consumerId: string;
  readonly rtpParameters: RtpParameters;
}

/**
 * What the load needs of a mediasoup server, ours or the bare one. The steps are the same for both,
 * so that afterwards both hold the same transports, producers and consumers.
 */
export interface SfuControl {
  open(seat: SeatRef, rtpCapabilities: RtpCapabilities): Promise<SeatPaths>;
  connect(seat: SeatRef, direction: 'send' | 'recv', dtlsParameters: DtlsParameters): Promise<void>;
  produce(seat: SeatRef, rtpParameters: RtpParameters): Promise<void>;
  /** Paused consumers of everything that the others in the room send. */
  enter(seat: SeatRef): Promise<readonly WatchedTrack[]>;
  resume(seat: SeatRef, consumerIds: readonly string[]): Promise<void>;
  close(seat: SeatRef): Promise<void>;
}
