import type { QualityMeasures, SeatId, SeatRole, ServerMeasures } from '@careconnect/contracts';

/** One measured period of one seat. */
export interface StoredSample {
  readonly seatId: SeatId;
  /** When it ended. */
  readonly at: Date;
  readonly measures: QualityMeasures;
  readonly server: ServerMeasures | null;
}

/** Whose it is. */
export interface MeasuredSeat {
  readonly seatId: SeatId;
  readonly name: string;
  readonly seatRole: SeatRole;
}
