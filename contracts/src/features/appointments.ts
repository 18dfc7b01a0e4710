import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { AppointmentId, PatientId, PractitionerId, VisitId } from '../core/ids.ts';
import { CalendarDate, Instant, NoBody, NoParams, NoQuery, page, PageQuery } from '../core/values.ts';
import { VisitReason } from './visit-reason.ts';
import { VisitState } from './visit.ts';

/** Codes of FHIR R4 AppointmentStatus that this platform uses. */
export const AppointmentStatus = z.enum(['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow']);
export type AppointmentStatus = z.infer<typeof AppointmentStatus>;

export const Appointment = z.object({
  id: AppointmentId,
  visitId: VisitId,
  /** Tells, of an appointment whose patient has arrived, whether they still wait or are with the doctor. */
  visitState: VisitState,
  status: AppointmentStatus,
  startsAt: Instant,
  endsAt: Instant,
  reason: z.string().nullable(),
  patient: z.object({ id: PatientId, name: z.string() }),
  practitioner: z.object({ id: PractitionerId, name: z.string(), specialty: z.string() }),
});
export type Appointment = z.infer<typeof Appointment>;

const params = z.strictObject({ appointmentId: AppointmentId });

export const appointmentEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/appointments',
    access: { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'Appointments you may see, by start',
    description:
      'A patient sees their own, a doctor their own, the desk and the administrator all of the organization.',
    params: NoParams,
    query: z.strictObject({
      from: CalendarDate.optional(),
      to: CalendarDate.optional(),
      practitionerId: PractitionerId.optional(),
      patientId: PatientId.optional(),
      status: AppointmentStatus.optional(),
      ...PageQuery,
    }),
    body: NoBody,
    response: page(Appointment),
    status: 200,
    errors: [],
    forDependants: 'visits',
  }),
  create: defineEndpoint({
    method: 'POST',
    path: '/api/v1/appointments',
    access: { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin'] },
    summary: 'Book a free slot',
    description:
      'A patient books for themselves; staff name the patient. A repeated idempotencyKey answers with the first booking.',
    params: NoParams,
    query: NoQuery,
    body: z.strictObject({
      practitionerId: PractitionerId,
      startsAt: Instant,
      patientId: PatientId.optional(),
      reason: VisitReason.optional(),
      idempotencyKey: z.uuid(),
    }),
    response: Appointment,
    status: 201,
    errors: ['SLOT_TAKEN', 'SLOT_NOT_OFFERED', 'PATIENT_DOUBLE_BOOKED', 'NOT_FOUND'],
    forDependants: 'visits',
  }),
  get: defineEndpoint({
    method: 'GET',
    path: '/api/v1/appointments/:appointmentId',
    access: { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin', 'nurse'] },
    summary: 'One appointment',
    params,
    query: NoQuery,
    body: NoBody,
    response: Appointment,
    status: 200,
    errors: ['NOT_FOUND'],
    forDependants: 'visits',
  }),
  cancel: defineEndpoint({
    method: 'POST',
    path: '/api/v1/appointments/:appointmentId/cancel',
    access: { kind: 'roles', roles: ['patient', 'doctor', 'receptionist', 'admin'] },
    summary: 'Cancel an appointment and its visit',
    params,
    query: NoQuery,
    body: NoBody,
    response: Appointment,
    status: 200,
    errors: ['NOT_FOUND', 'APPOINTMENT_NOT_CANCELLABLE'],
    forDependants: 'visits',
  }),
} as const;
