import type { Appointment, PatientId, PractitionerId } from '@careconnect/contracts';
import type { AppError, Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { offeredSlot } from '../providers/availability.ts';
import type { CalendarRepository } from '../providers/calendar.repository.ts';
import type { ZoneClock } from '../../core/zone-clock.ts';
import type { VisitFeed } from '../visits/visit-feed.ts';
import { appointmentErrors } from './appointment.errors.ts';
import { appointmentPolicy } from './appointment.policy.ts';
import type { AppointmentRepository } from './appointment.repository.ts';
import type { BookingRepository, NewBooking } from './booking.repository.ts';

const DAY_MS = 86_400_000;
/** What stood in the way may just have gone: then it is worth another try, but not for ever. */
const MAX_TRIES = 3;

export interface BookingRequest {
  readonly practitionerId: PractitionerId;
  readonly startsAt: string;
  /** A patient's own unless told. */
  readonly patientId: PatientId | undefined;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

export interface BookingService {
  /** The same key answers with the first booking. */
  book(caller: Caller, request: BookingRequest): Promise<Appointment>;
}

export interface BookingServiceDeps {
  readonly appointments: AppointmentRepository;
  readonly bookings: BookingRepository;
  readonly calendars: CalendarRepository;
  readonly zones: ZoneClock;
  readonly feed: VisitFeed;
  readonly clock: Clock;
}

export function createBookingService(deps: BookingServiceDeps): BookingService {
  const { appointments, bookings, calendars, zones, feed, clock } = deps;

  /** The slot of the practitioner's hours; whether it is free, the insert decides. */
  async function requireSlot({ actor }: Caller, practitionerId: PractitionerId, startsAt: Date, now: Date) {
    const day = Math.floor(startsAt.getTime() / DAY_MS);
    const found = await calendars.find(actor.organizationId, [practitionerId], day - 1, day + 1);
    const calendar = found.get(practitionerId);
    if (!calendar) throw appointmentErrors.practitionerUnknown();
    const slot = offeredSlot(calendar, startsAt.getTime(), now.getTime(), zones);
    if (!slot) throw appointmentErrors.slotNotOffered();
    return { startsAt, endsAt: new Date(slot.end) };
  }

  /** The booking that this key made, if it is this very one. */
  async function findRepeat({ actor, ...wanted }: Wanted): Promise<Appointment | null> {
    const first = await appointments.findByKey(actor.organizationId, wanted.idempotencyKey);
    if (first && !isSame(first, wanted)) throw appointmentErrors.keyUsed();
    return first;
  }

  async function bookOrExplain(booking: NewBooking): Promise<Appointment> {
    const { organizationId } = booking.actor;
    for (let round = 0; round < MAX_TRIES; round += 1) {
      const id = await bookings.book(booking);
      const booked = id && (await appointments.find(organizationId, id));
      if (booked) {
        feed.queueChanged(organizationId, booking.practitionerId);
        return booked;
      }
      const repeat = await findRepeat(booking);
      if (repeat) return repeat;
      const obstacle = await bookings.findObstacle(booking);
      if (obstacle) throw OBSTACLES[obstacle]();
    }
    throw appointmentErrors.slotTaken();
  }

  return {
    async book(caller, { practitionerId, startsAt, patientId: asked, reason, idempotencyKey }) {
      const { actor, requestId } = caller;
      if (!appointmentPolicy.mayBook(actor)) throw appointmentErrors.guestsCannotBook();
      const patientId = asked ?? actor.patientId;
      if (!patientId) throw appointmentErrors.patientMissing();
      if (!appointmentPolicy.mayBookFor(actor, patientId)) throw appointmentErrors.patientUnknown();
      if (!appointmentPolicy.mayKnowOf(actor, practitionerId)) throw appointmentErrors.practitionerUnknown();
      if (!appointmentPolicy.mayBookWith(actor, practitionerId)) throw appointmentErrors.notYourCalendar();
      const start = new Date(startsAt);
      const wanted = { actor, practitionerId, patientId, startsAt: start, idempotencyKey };
      // Before the slot is looked at: the first try may have succeeded minutes ago.
      const repeat = await findRepeat(wanted);
      if (repeat) return repeat;
      const at = clock.now();
      const slot = await requireSlot(caller, practitionerId, start, at);
      return bookOrExplain({ ...wanted, ...slot, reason, requestId, at });
    },
  };
}

type Wanted = Pick<NewBooking, 'actor' | 'practitionerId' | 'patientId' | 'startsAt' | 'idempotencyKey'>;

const OBSTACLES: Record<'practitionerBusy' | 'patientBusy' | 'patientUnknown', () => AppError> = {
  practitionerBusy: appointmentErrors.slotTaken,
  patientBusy: appointmentErrors.doubleBooked,
  patientUnknown: appointmentErrors.patientUnknown,
};

function isSame(first: Appointment, wanted: Omit<Wanted, 'actor'>): boolean {
  return (
    first.practitioner.id === wanted.practitionerId &&
    first.patient.id === wanted.patientId &&
    Date.parse(first.startsAt) === wanted.startsAt.getTime()
  );
}
