import {
  QUEUE_MAX_ENTRIES,
  type PatientId,
  type PractitionerId,
  type QueueEntry,
  type VisitId,
  type WaitingPosition,
} from '@careconnect/contracts';
import type { Queue, QueueRow } from './queue.repository.ts';
import { ageInYears, inQueueOrder, placesOf } from './queue.ts';

export interface TodaysQueue {
  readonly practitionerId: PractitionerId;
  readonly entries: QueueEntry[];
}

/** The queue as staff see it: its first {@link QUEUE_MAX_ENTRIES}. */
export interface ShownQueue {
  readonly entries: QueueEntry[];
  /** Who is in them, each once. */
  readonly patientIds: PatientId[];
}

export function toShown({ today, readAt, rows }: Queue): ShownQueue {
  const shown = inQueueOrder(rows, readAt.getTime()).slice(0, QUEUE_MAX_ENTRIES);
  return {
    entries: shown.map((row) => toEntry(row, today)),
    patientIds: [...new Set(shown.map(({ patientId }) => patientId))],
  };
}

export interface QueueAnswer {
  readonly answer: TodaysQueue;
  readonly patientIds: PatientId[];
}

/** The same answer to everyone who shares the read of a queue, so that it is put together once. */
export function createQueueAnswers(): (practitionerId: PractitionerId, queue: Queue) => QueueAnswer {
  const answers = new WeakMap<Queue, QueueAnswer>();

  function answerOf(practitionerId: PractitionerId, queue: Queue): QueueAnswer {
    const { entries, patientIds } = toShown(queue);
    return { answer: { practitionerId, entries }, patientIds };
  }

  return (practitionerId, queue) => {
    const answer = answers.get(queue) ?? answerOf(practitionerId, queue);
    answers.set(queue, answer);
    return answer;
  };
}

/** Where each waiting patient stands. */
export function toPositions({ rows }: Queue, durations: readonly number[], now: Date): WaitingPosition[] {
  const places = placesOf(inQueueOrder(rows, now.getTime()), durations, now.getTime());
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
    absence: absenceOf(row),
  };
}

function absenceOf({ isPresent, awaySince, hasLeft }: QueueRow): QueueEntry['absence'] {
  const since = toInstant(awaySince);
  return isPresent || since === null ? null : { since, hasLeft };
}

function toInstant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
