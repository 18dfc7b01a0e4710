import { PatientId, PractitionerId, VisitId, type Visit } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { finishedOn } from './finished-visits.ts';

const id = '01900000-0000-7000-8000-000000000001';

function aVisit(reason: string, endedAt: string | null): Visit {
  return {
    id: VisitId.parse(id),
    state: endedAt === null ? 'waiting' : 'ended',
    origin: 'walk_in',
    appointmentId: null,
    reason,
    patient: { id: PatientId.parse(id), name: 'Amina Yusuf', birthDate: '1961-07-30' },
    practitioner: { id: PractitionerId.parse(id), name: 'Dr Siddiqui', specialty: 'General practice' },
    scheduledAt: null,
    waitingSince: null,
    startedAt: endedAt,
    endedAt,
    createdAt: '2026-11-22T18:00:00.000Z',
  };
}

it('has what ended on the clinic’s day, the last one first, whenever it began', () => {
  const visits = [
    aVisit('still waiting', null),
    aVisit('at 23:59 of the day before', '2026-11-22T18:59:00.000Z'),
    aVisit('at 00:01', '2026-11-22T19:01:00.000Z'),
    aVisit('at noon', '2026-11-23T07:00:00.000Z'),
  ];
  expect(finishedOn(visits, '2026-11-23', 'Asia/Karachi').map(({ reason }) => reason)).toEqual([
    'at noon',
    'at 00:01',
  ]);
});
