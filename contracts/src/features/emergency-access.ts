import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { EmergencyAccessId, PatientId, UserId } from '../core/ids.ts';
import { Instant, NoBody, NoParams, NoQuery, page, PageQuery, text } from '../core/values.ts';

/** `covering`: for a colleague who is away. `patient_asked`: the patient wants it, and has no visit with the doctor. */
export const EmergencyAccessCategory = z.enum(['emergency', 'covering', 'patient_asked', 'other']);
export type EmergencyAccessCategory = z.infer<typeof EmergencyAccessCategory>;

/**
 * How long a chart stays open. Longer than one doctor looks after an emergency, shorter than a shift; whoever needs more
 * states a reason anew, and the patient is told anew.
 */
export const EMERGENCY_ACCESS_HOURS = 4;

/** Enough for a sentence that tells the patient something. */
export const EMERGENCY_REASON_MIN_LENGTH = 10;
export const EMERGENCY_REASON_MAX_LENGTH = 500;
export const EMERGENCY_NOTE_MAX_LENGTH = 500;

/** What a doctor states before a chart opens. The patient reads it. */
export const EmergencyAccessReason = z.strictObject({
  category: EmergencyAccessCategory,
  reason: text(EMERGENCY_REASON_MAX_LENGTH).min(EMERGENCY_REASON_MIN_LENGTH),
});
export type EmergencyAccessReason = z.infer<typeof EmergencyAccessReason>;

const stated = {
  id: EmergencyAccessId,
  category: EmergencyAccessCategory,
  reason: z.string(),
  openedAt: Instant,
  expiresAt: Instant,
};

/** A doctor's own. */
export const OwnEmergencyAccess = z.object(stated);
export type OwnEmergencyAccess = z.infer<typeof OwnEmergencyAccess>;

/** As administrators see it. */
export const EmergencyAccess = z.object({
  ...stated,
  doctor: z.object({ userId: UserId, name: z.string() }),
  patient: z.object({ id: PatientId, name: z.string() }),
  /** An administrator has looked at it; null until then. */
  review: z
    .object({ at: Instant, by: z.object({ userId: UserId, name: z.string() }), note: z.string() })
    .nullable(),
});
export type EmergencyAccess = z.infer<typeof EmergencyAccess>;

const admins = { kind: 'roles', roles: ['admin'] } as const;

/** Opening the chart of somebody who is not in one's care ("break the glass"), and who looks at it afterwards. */
export const emergencyAccessEndpoints = {
  open: defineEndpoint({
    method: 'POST',
    path: '/api/v1/patients/:patientId/emergency-access',
    access: { kind: 'roles', roles: ['doctor'] },
    summary: 'Open a patient’s chart for some hours, with a reason',
    description:
      'The patient is told by mail and reads the reason, and administrators review it. It cannot be made longer; once it has ended, another may be opened with another reason. CONFLICT while one is open.',
    params: z.strictObject({ patientId: PatientId }),
    query: NoQuery,
    body: EmergencyAccessReason,
    response: OwnEmergencyAccess,
    status: 201,
    errors: ['NOT_FOUND', 'CONFLICT'],
    needsConfirmation: true,
  }),
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/emergency-access',
    access: admins,
    summary: 'Charts that doctors opened beyond what they usually see, newest first',
    params: NoParams,
    query: z.strictObject({
      /** `open`: nobody has looked at it yet. */
      review: z.enum(['open', 'done']).optional(),
      ...PageQuery,
    }),
    body: NoBody,
    response: page(EmergencyAccess),
    status: 200,
    errors: [],
    limit: 'record',
  }),
  review: defineEndpoint({
    method: 'POST',
    path: '/api/v1/emergency-access/:emergencyAccessId/review',
    access: admins,
    summary: 'Note that it was looked at, and what was found',
    description: 'Once, and not by the doctor who opened the chart.',
    params: z.strictObject({ emergencyAccessId: EmergencyAccessId }),
    query: NoQuery,
    body: z.strictObject({ note: text(EMERGENCY_NOTE_MAX_LENGTH) }),
    response: EmergencyAccess,
    status: 201,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
