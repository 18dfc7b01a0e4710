import { z } from 'zod';
import { CsvText } from '../core/csv.ts';
import { defineEndpoint } from '../core/endpoint.ts';
import { PatientId, PractitionerId, SeatId, VisitId } from '../core/ids.ts';
import { CalendarDate, Instant, NoBody, NoParams, page, PageQuery } from '../core/values.ts';
import { QualityGrade, QualityProblem, QualityReason } from './quality.ts';
import { SeatRole } from './seats.ts';
import { VisitState } from './visit.ts';

/** How good visits are right now, and were lately, for whoever answers for the clinic. */

/** What a present grade is made from. */
export const LIVE_GRADE_MS = 60_000;
/** How far back the small lines go. */
export const LIVE_HISTORY_MS = 150_000;
/** The most live visits that are told of at once. */
export const LIVE_VISITS_MAX = 200;

export const DirectionGrade = z.object({ grade: QualityGrade, reasons: z.array(QualityReason) });
export type DirectionGrade = z.infer<typeof DirectionGrade>;

const participant = {
  seatId: SeatId,
  name: z.string(),
  seatRole: SeatRole,
  /** What this person heard and saw. */
  received: DirectionGrade,
  /** What they sent, as it reached the media server. */
  sent: DirectionGrade,
};

const visit = {
  visitId: VisitId,
  state: VisitState,
  patient: z.object({ id: PatientId, name: z.string() }),
  practitioner: z.object({ id: PractitionerId, name: z.string() }),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Of the one who fared worst. */
  grade: QualityGrade,
  reasons: z.array(QualityReason),
};

export const LiveParticipant = z.object({
  ...participant,
  isPresent: z.boolean(),
  joinedAt: Instant.nullable(),
  /** The signaling node that holds, or held last, their connection. */
  node: z.string().nullable(),
  lastSampleAt: Instant.nullable(),
  /** Mean opinion of the sound, 1 to 5, period by period; null where there was none. */
  sound: z.array(z.number().min(1).max(5).nullable()),
});
export type LiveParticipant = z.infer<typeof LiveParticipant>;

export const LiveVisit = z.object({ ...visit, participants: z.array(LiveParticipant) });
export type LiveVisit = z.infer<typeof LiveVisit>;

export const GradedVisit = z.object({
  ...visit,
  participants: z.array(z.object({ ...participant, measuredSeconds: z.number().int().min(0) })),
});
export type GradedVisit = z.infer<typeof GradedVisit>;

/** Somebody in it has not been able to understand the others for a while. */
export const VisitAlert = z.object({
  kind: z.literal('visit-inadequate'),
  visitId: VisitId,
  patientName: z.string(),
  practitionerName: z.string(),
  /** At the latest: what is older than {@link LIVE_HISTORY_MS} is not looked at. */
  since: Instant,
  problem: QualityProblem,
});
export type VisitAlert = z.infer<typeof VisitAlert>;

export const LiveQuality = z.object({
  at: Instant,
  /** Of all that are live, whatever the filters let through. */
  counts: z.record(QualityGrade, z.number().int().nonnegative()),
  alerts: z.array(VisitAlert),
  visits: z.array(LiveVisit).max(LIVE_VISITS_MAX),
  /** More are live than are told of. */
  isCutOff: z.boolean(),
});
export type LiveQuality = z.infer<typeof LiveQuality>;

const filter = {
  grade: QualityGrade.optional(),
  practitionerId: PractitionerId.optional(),
  /** Words of the patient's name, in any order. */
  q: z.string().trim().max(200).optional(),
  /** `only`: those in which sound or picture was in trouble for most of the time. */
  problems: z.literal('only').optional(),
};
const days = { from: CalendarDate.optional(), to: CalendarDate.optional() };
const admins = { kind: 'roles', roles: ['admin'] } as const;

export const qualityWatchEndpoints = {
  live: defineEndpoint({
    method: 'GET',
    path: '/api/v1/quality/live',
    access: admins,
    summary: 'How good the visits are that are going on right now',
    description:
      'Graded from the last minute. Counts and alerts are of all of them, the list is of those that the filters let through.',
    params: NoParams,
    query: z.strictObject(filter),
    body: NoBody,
    response: LiveQuality,
    status: 200,
    errors: [],
  }),
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/quality/visits',
    access: admins,
    summary: 'How good visits were that are over, newest first',
    description:
      'A page may have fewer than `limit` although there is a next one: grades are computed while it is made.',
    params: NoParams,
    query: z.strictObject({ ...filter, ...days, ...PageQuery }),
    body: NoBody,
    response: page(GradedVisit),
    status: 200,
    errors: [],
    limit: 'record',
  }),
  export: defineEndpoint({
    method: 'GET',
    path: '/api/v1/quality/visits.csv',
    access: admins,
    summary: 'How good visits were, and are, as a table for a spreadsheet',
    description: 'One line for each person in each visit, newest visit first. Instants are UTC.',
    params: NoParams,
    query: z.strictObject({ ...filter, ...days }),
    body: NoBody,
    response: CsvText,
    status: 200,
    errors: [],
    limit: 'record',
  }),
} as const;
