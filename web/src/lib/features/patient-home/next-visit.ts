import {
  isDoorOpen,
  isVisitLive,
  isVisitOver,
  type Appointment,
  type Instant,
  type Visit,
  type VisitId,
} from '@careconnect/contracts';

/** A visit that lies ahead or is under way, whether it was booked or walked into. */
export interface ComingVisit {
  readonly visitId: VisitId;
  readonly practitioner: Visit['practitioner'];
  /** Null for a walk-in: it has no agreed time. */
  readonly startsAt: Instant | null;
  readonly appointment: Appointment | null;
  /** The door is open: it begins soon, is late, or has begun. */
  readonly mayEnter: boolean;
  /** It has begun, and is not over: there is nothing left to cancel. */
  readonly isGoingOn: boolean;
}

const AHEAD: ReadonlySet<Appointment['status']> = new Set(['booked', 'arrived']);

/** What lies ahead of a patient: visits under way first, then appointments by their start. */
export function comingVisits(
  { appointments, visits }: { appointments: readonly Appointment[]; visits: readonly Visit[] },
  now: Date,
): ComingVisit[] {
  const live = visits.filter(({ state }) => isVisitLive(state));
  const liveIds = new Set(live.map(({ id }) => id));
  const ahead = appointments
    .filter(({ status, visitId }) => AHEAD.has(status) && !liveIds.has(visitId))
    .filter(({ endsAt }) => Date.parse(endsAt) > now.getTime())
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  return [
    ...live.map((visit) => ({
      visitId: visit.id,
      practitioner: visit.practitioner,
      startsAt: visit.scheduledAt,
      appointment: appointments.find(({ visitId }) => visitId === visit.id) ?? null,
      mayEnter: true,
      isGoingOn: visit.state === 'in_progress' || visit.state === 'on_hold',
    })),
    ...ahead.map((appointment) => ({
      visitId: appointment.visitId,
      practitioner: appointment.practitioner,
      startsAt: appointment.startsAt,
      appointment,
      mayEnter: isDoorOpen(appointment.startsAt, now),
      isGoingOn: false,
    })),
  ];
}

export function isPast({ state }: Visit): boolean {
  return isVisitOver(state);
}

/** Visits that are behind a patient, newest first. */
export function pastVisits(visits: readonly Visit[]): Visit[] {
  const time = (visit: Visit) => visit.startedAt ?? visit.scheduledAt ?? visit.createdAt;
  return visits.filter(isPast).sort((a, b) => time(b).localeCompare(time(a)));
}
