import type { Fact, SignalingNode } from '@careconnect/contracts/internal';

export interface FactSource {
  readonly node: SignalingNode;
  readonly requestId: string;
}

/** Facts of one type as rows of a statement, whose only parameter they are (JSON of {@link toFactRow}). */
export const FACT_ROWS = `json_to_recordset($1) AS fact(
  place int, "organizationId" uuid, "visitId" uuid, "seatId" uuid, at timestamptz, "idempotencyKey" uuid, node text,
  "requestId" text)`;

/** The row of `visit_participant` that a fact is about; there is none when somebody names a seat of others. */
export const IS_SEAT_OF_FACT = `seat.organization_id = fact."organizationId" AND seat.visit_id = fact."visitId"
  AND seat.id = fact."seatId"`;

/** @param place - among those that are stored together: some happen in the same millisecond */
export function toFactRow(
  { type: _known, ...fact }: Fact,
  place: number,
  { node, requestId }: FactSource,
): object {
  return { ...fact, place, node, requestId };
}
