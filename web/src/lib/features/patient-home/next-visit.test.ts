import {
  AppointmentId,
  PatientId,
  PractitionerId,
  VisitId,
  type Appointment,
  type Visit,
} from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { comingVisits, pastVisits } from './next-visit.ts';

const now = new Date('2026-01-05T09:00:00.000Z');
const uuid = (n: number) => `01970000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const patient = { id: PatientId.parse(uuid(1)), name: 'Amina', birthDate: '1955-03-27' };
const practitioner = { id: PractitionerId.parse(uuid(2)), name: 'Dr Taliyah', specialty: 'General practice' };

function anAppointment(n: number, minutes: number, status: Appointment['status'] = 'booked'): Appointment {
  return {
    id: AppointmentId.parse(uuid(100 + n)),
    visitId: VisitId.parse(uuid(200 + n)),
    status,
    visitState: 'scheduled',
    startsAt: inMinutes(minutes),
    endsAt: inMinutes(minutes + 15),
    reason: null,
    patient,
    practitioner,
  };
}

function aVisit(n: number, state: Visit['state'], startedMinutes: number | null = null): Visit {
  return {
    id: VisitId.parse(uuid(200 + n)),
    state,
    origin: 'appointment',
    appointmentId: null,
    reason: null,
    patient,
    practitioner,
    scheduledAt: null,
    waitingSince: null,
    startedAt: startedMinutes === null ? null : inMinutes(startedMinutes),
    endedAt: null,
    createdAt: inMinutes(-1_000),
  };
}

describe('comingVisits', () => {
  it('opens the door thirty minutes before the start', () => {
    const appointments = [anAppointment(1, 31), anAppointment(2, 30)];
    const coming = comingVisits({ appointments, visits: [] }, now);
    expect(coming.map(({ visitId, mayEnter }) => [visitId, mayEnter])).toEqual([
      [uuid(202), true],
      [uuid(201), false],
    ]);
  });

  it('keeps the door open for someone who is late, until the time is over', () => {
    expect(comingVisits({ appointments: [anAppointment(1, -14)], visits: [] }, now)).toHaveLength(1);
    expect(comingVisits({ appointments: [anAppointment(1, -15)], visits: [] }, now)).toHaveLength(0);
  });

  it('leaves out what was cancelled or missed', () => {
    const appointments = [anAppointment(1, 60, 'cancelled'), anAppointment(2, 60, 'noshow')];
    expect(comingVisits({ appointments, visits: [] }, now)).toEqual([]);
  });

  it('puts a visit under way first, once, even long after its planned end', () => {
    const appointments = [anAppointment(1, -120, 'arrived'), anAppointment(2, 10)];
    const coming = comingVisits({ appointments, visits: [aVisit(1, 'in_progress', -100)] }, now);
    expect(coming.map(({ visitId }) => visitId)).toEqual([uuid(201), uuid(202)]);
    expect(coming[0]).toMatchObject({ mayEnter: true, isGoingOn: true, appointment: { id: uuid(101) } });
  });

  it('tells a visit that goes on, also on hold, from one whose patient waits', () => {
    const visits = [aVisit(1, 'in_progress'), aVisit(2, 'on_hold'), aVisit(3, 'waiting')];
    const coming = comingVisits({ appointments: [], visits }, now);
    expect(coming.map(({ isGoingOn }) => isGoingOn)).toEqual([true, true, false]);
  });
});

describe('pastVisits', () => {
  it('shows only what is over, newest first', () => {
    const visits = [aVisit(1, 'ended', -300), aVisit(2, 'waiting'), aVisit(3, 'summarised', -100)];
    expect(pastVisits(visits).map(({ id }) => id)).toEqual([uuid(203), uuid(201)]);
  });
});
