import { z } from 'zod';
import { CsvText } from '../core/csv.ts';
import { defineEndpoint } from '../core/endpoint.ts';
import { PatientId, PractitionerId, SeatId, VisitId } from '../core/ids.ts';
import { CalendarDate, Instant, NoBody, NoParams, NoQuery, page, PageQuery } from '../core/values.ts';
import { QualityGrade, QualityProblem, QualityReason, VisitQuality } from './quality.ts';
import { SeatRole } from './seats.ts';
import { VisitOrigin, VisitState } from './visit.ts';

/** How good visits are right now, and were lately, for whoever answers for the clinic. */

/** What a present grade is made from. */
export const LIVE_GRADE_MS = 60_000;
/** How far back the small lines go. */
export const LIVE_HISTORY_MS = 150_000;
/** The most live visits that are told of at once. */
export const LIVE_VISITS_MAX = 200;

export const DirectionGrade = z.object({ grade: QualityGrade, reasons: z.array(QualityReason) });
export type DirectionGrade = z.infer<typeof DirectionGrade>;

const person = { seatId: SeatId, name: z.string(), seatRole: SeatRole };

const directions = {
  /** What this person heard and saw. */
  received: DirectionGrade,
  /** What they sent, as it reached the media server. */
  sent: DirectionGrade,
};

const head = {
  state: VisitState,
  patient: z.object({ id: PatientId, name: z.string() }),
  practitioner: z.object({ id: PractitionerId, name: z.string() }),
};

const visit = {
  visitId: VisitId,
  ...head,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Of the one who fared worst. */
  grade: QualityGrade,
  reasons: z.array(QualityReason),
};

/**
 * Whether somebody is here. Only who is has a grade, made of what was measured since they came (back): what they had
 * before they were cut off says nothing of now.
 */
export const LivePresence = z.discriminatedUnion('where', [
  z.object({
    where: z.literal('here'),
    ...directions,
    lastSampleAt: Instant.nullable(),
    /** Mean opinion of the sound, 1 to 5, period by period; null where there was none. */
    sound: z.array(z.number().min(1).max(5).nullable()),
  }),
  /** Their connection broke while they were in the room, and they have not said that they leave. */
  z.object({ where: z.literal('cut-off'), since: Instant }),
  z.object({ where: z.literal('left'), since: Instant }),
  z.object({ where: z.literal('not-come') }),
]);
export type LivePresence = z.infer<typeof LivePresence>;

export const LiveParticipant = z.object({
  ...person,
  presence: LivePresence,
  /** The signaling node that holds, or held last, their connection. */
  node: z.string().nullable(),
});
export type LiveParticipant = z.infer<typeof LiveParticipant>;

export const LiveVisit = z.object({ ...visit, participants: z.array(LiveParticipant) });
export type LiveVisit = z.infer<typeof LiveVisit>;

export const GradedVisit = z.object({
  ...visit,
  participants: z.array(z.object({ ...person, ...directions, measuredSeconds: z.number().int().min(0) })),
});
export type GradedVisit = z.infer<typeof GradedVisit>;

const alert = {
  visitId: VisitId,
  patientName: z.string(),
  practitionerName: z.string(),
  seatId: SeatId,
  /** Whom it is about. */
  name: z.string(),
  since: Instant,
};

/** Something about one person in a live visit that somebody should look at now; it goes when it is over. */
export const VisitAlert = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cut-off'), ...alert }),
  /**
   * They are here, and have not been able to understand the others for a while. What is older than
   * {@link LIVE_HISTORY_MS} is not looked at, so it may have begun before `since`.
   */
  z.object({ kind: z.literal('inadequate-sound'), ...alert, problem: QualityProblem }),
]);
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

/** One visit: all that was measured of it, and while it goes on, how it is now. */
export const WatchedQuality = z.object({
  at: Instant,
  visit: z.object({ id: VisitId, origin: VisitOrigin, ...head }),
  quality: VisitQuality,
  /** As the list of live visits has it; null for one that does not go on. */
  now: z.object({ visit: LiveVisit, alerts: z.array(VisitAlert) }).nullable(),
});
export type WatchedQuality = z.infer<typeof WatchedQuality>;

const filter = {
  grade: QualityGrade.optional(),
  practitionerId: PractitionerId.optional(),
  /** Words of the patient's name, in any order. */
  q: z.string().trim().max(200).optional(),
  /** `only`: those in which sound or picture was in trouble for most of the time, or somebody is cut off. */
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
  visit: defineEndpoint({
    method: 'GET',
    path: '/api/v1/quality/visits/:visitId',
    access: admins,
    summary: 'How good one visit was so far, and how it is right now',
    params: z.strictObject({ visitId: VisitId }),
    query: NoQuery,
    body: NoBody,
    response: WatchedQuality,
    status: 200,
    errors: ['VISIT_NOT_FOUND'],
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
