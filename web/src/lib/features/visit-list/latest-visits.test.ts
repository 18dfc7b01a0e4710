import { PatientId, PractitionerId, VisitId, type Visit } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { latestVisits } from './latest-visits.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const id = '01900000-0000-7000-8000-000000000001';

function aVisit(reason: string, createdAt: string, scheduledAt: string | null = null): Visit {
  return {
    id: VisitId.parse(id),
    state: 'scheduled',
    origin: scheduledAt === null ? 'walk_in' : 'appointment',
    appointmentId: null,
    reason,
    patient: { id: PatientId.parse(id), name: 'Amina Yusuf', birthDate: '1961-07-30' },
    practitioner: { id: PractitionerId.parse(id), name: 'Dr Siddiqui', specialty: 'General practice' },
    scheduledAt,
    waitingSince: null,
    startedAt: null,
    endedAt: null,
    createdAt,
  };
}

it('the newest comes first, and what is booked for later today not at all', () => {
  const today = [
    aVisit('booked for this evening', '2026-11-01T09:00:00.000Z', '2026-11-23T18:00:00.000Z'),
    aVisit('booked for nine', '2026-11-20T09:00:00.000Z', '2026-11-23T09:00:00.000Z'),
    aVisit('came in at half past nine', '2026-11-23T09:30:00.000Z'),
  ];
  const before = [aVisit('yesterday', '2026-11-22T12:00:00.000Z')];
  expect(latestVisits(today, before, now).map(({ reason }) => reason)).toEqual([
    'came in at half past nine',
    'booked for nine',
    'yesterday',
  ]);
});

it('there are eight at most', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    aVisit(String(index), `2026-11-23T09:${String(index + 10)}:00.000Z`),
  );
  expect(latestVisits(many, many, now)).toHaveLength(8);
});
