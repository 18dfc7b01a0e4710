import { z } from 'zod';
import { AppointmentId, PatientId, PractitionerId, VisitId } from '../core/ids.ts';
import { CalendarDate, Instant } from '../core/values.ts';

/**
 * The life of a visit. `api` owns every transition:
 * `scheduled → waiting → in_progress ⇄ on_hold → ended → summarised`, with `cancelled` and `no_show`.
 */
export const VisitState = z.enum([
  'scheduled',
  'waiting',
  'in_progress',
  'on_hold',
  'ended',
  'summarised',
  'cancelled',
  'no_show',
]);
export type VisitState = z.infer<typeof VisitState>;

export const VisitOrigin = z.enum(['appointment', 'walk_in']);
export type VisitOrigin = z.infer<typeof VisitOrigin>;

export const Visit = z.object({
  id: VisitId,
  state: VisitState,
  origin: VisitOrigin,
  appointmentId: AppointmentId.nullable(),
  reason: z.string().nullable(),
  patient: z.object({ id: PatientId, name: z.string(), birthDate: CalendarDate }),
  practitioner: z.object({ id: PractitionerId, name: z.string(), specialty: z.string() }),
  scheduledAt: Instant.nullable(),
  waitingSince: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  createdAt: Instant,
});
export type Visit = z.infer<typeof Visit>;
