import { isDoorOpen, isVisitOver, mayEnterRoom, type WaitingPosition } from '@careconnect/contracts';
import type { SeatContext, SeatKey } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { AuditRow } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { toPositions } from '../visits/queue-view.ts';
import type { QueueRepository } from '../visits/queue.repository.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import type { VisitTransitions } from '../visits/visit-transitions.ts';
import { subjectOfSeat } from './seat-audit.ts';
import type { SeatRepository } from './seat.repository.ts';
import type { StoredSeat } from './stored-seat.ts';

export interface SeatServiceDeps {
  readonly seats: Pick<SeatRepository, 'find'>;
  readonly queues: QueueRepository;
  readonly transitions: VisitTransitions;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** What signaling must know to seat someone. */
export interface SeatService {
  context(key: SeatKey, requestId: string): Promise<SeatContext>;
  /** The patient is here. */
  checkIn(key: SeatKey, requestId: string): Promise<SeatContext>;
}

export function createSeatService({
  seats,
  queues,
  transitions,
  audit,
  clock,
}: SeatServiceDeps): SeatService {
  async function find(key: SeatKey): Promise<StoredSeat> {
    const seat = await seats.find(key);
    if (!seat) throw visitErrors.notFound();
    return seat;
  }

  async function contextOf({ seatRole }: StoredSeat, stored: StoredVisit): Promise<SeatContext> {
    const { visit } = stored;
    const position = seatRole !== 'host' && visit.state === 'waiting' ? await positionOf(stored) : null;
    const isCheckedIn = seatRole !== 'host' && visit.waitingSince !== null;
    return { visit, mayJoin: mayEnterRoom(seatRole, visit.state), isCheckedIn, position };
  }

  async function positionOf({ organizationId, visit }: StoredVisit): Promise<WaitingPosition | null> {
    const now = clock.now();
    const [queue, durations] = await Promise.all([
      queues.read(organizationId, visit.practitioner.id, now),
      queues.lastDurations(organizationId, visit.practitioner.id),
    ]);
    const positions = queue ? toPositions(queue, durations, now) : [];
    return positions.find(({ visitId }) => visitId === visit.id) ?? null;
  }

  return {
    async context(key, requestId) {
      const seat = await find(key);
      if (isVisitOver(seat.stored.visit.state)) throw visitErrors.over();
      const [context] = await Promise.all([
        contextOf(seat, seat.stored),
        audit.append(takeSeat(seat, requestId, clock.now())),
      ]);
      return context;
    },

    async checkIn(key, requestId) {
      const seat = await find(key);
      // Whoever of the patient's side comes, the patient is here.
      if (seat.seatRole === 'host') throw visitErrors.refused('checkIn');
      const { state, scheduledAt } = seat.stored.visit;
      if (state === 'scheduled' && !isDoorOpen(scheduledAt, clock.now())) throw visitErrors.tooEarly();
      const { userId, name } = seat;
      const mover = { subject: subjectOfSeat(seat), userId, name, requestId };
      return contextOf(seat, await transitions.apply(mover, seat.stored, 'checkIn'));
    },
  };
}

function takeSeat(seat: StoredSeat, requestId: string, at: Date): AuditRow {
  const { visit } = seat.stored;
  const target = { entityType: 'visit', entityId: visit.id, patientId: visit.patient.id };
  const detail = { seatId: seat.id };
  return { action: 'visit.takeSeat', ...target, detail, subject: subjectOfSeat(seat), requestId, at };
}
