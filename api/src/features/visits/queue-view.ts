import {
  QUEUE_MAX_ENTRIES,
  type QueueEntry,
  type VisitId,
  type WaitingPosition,
} from '@careconnect/contracts';
import type { Queue, QueueRow } from './queue.repository.ts';
import { ageInYears, inQueueOrder, placesOf } from './queue.ts';

/** The queue as staff see it: its first {@link QUEUE_MAX_ENTRIES}. */
export function toEntries({ today, rows }: Queue): QueueEntry[] {
  return inQueueOrder(rows)
    .slice(0, QUEUE_MAX_ENTRIES)
    .map((row) => toEntry(row, today));
}

/** Where each waiting patient stands. */
export function toPositions({ rows }: Queue, durations: readonly number[], now: Date): WaitingPosition[] {
  const places = placesOf(inQueueOrder(rows), durations, now.getTime());
  return places.map((place) => ({ ...place, visitId: place.visitId as VisitId }));
}

function toEntry(row: QueueRow, today: string): QueueEntry {
  return {
    visitId: row.visitId,
    state: row.state,
    patientName: row.patientName,
    patientAge: ageInYears(row.birthDate, today),
    reason: row.reason,
    origin: row.origin,
    scheduledAt: toInstant(row.scheduledAt),
    waitingSince: toInstant(row.waitingSince),
    isPresent: row.isPresent,
  };
}

function toInstant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
