import { z } from 'zod';
import { VisitId } from '../core/ids.ts';
import { Instant } from '../core/values.ts';
import { VisitOrigin, VisitState } from './visit.ts';

/** A row of a doctor's waiting room, most urgent or longest waiting first. */
export const QueueEntry = z.object({
  visitId: VisitId,
  state: VisitState,
  patientName: z.string(),
  /** Whole years on the day of the visit. */
  patientAge: z.number().int().nonnegative(),
  reason: z.string().nullable(),
  origin: VisitOrigin,
  scheduledAt: Instant.nullable(),
  waitingSince: Instant.nullable(),
  /** The patient has an open connection right now. */
  isPresent: z.boolean(),
  /**
   * Since when not, and whether they have said that they leave. Null while the patient is present, and for one
   * who has never been.
   */
  absence: z.object({ since: Instant, hasLeft: z.boolean() }).nullable(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

/**
 * The most entries of one queue that are shown, the first in queue order: many times what a doctor can see
 * in a day, and few enough for one push, however long their texts are.
 */
export const QUEUE_MAX_ENTRIES = 500;
export const QueueEntries = z.array(QueueEntry).max(QUEUE_MAX_ENTRIES);

/** Where a waiting patient stands. */
export const WaitingPosition = z.object({
  visitId: VisitId,
  /** 1 means next. */
  position: z.number().int().positive(),
  /** True while the doctor is in another visit. */
  isDoctorBusy: z.boolean(),
  /** A range in minutes, or null when there is nothing to estimate from. */
  estimateMinutes: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
});
export type WaitingPosition = z.infer<typeof WaitingPosition>;
