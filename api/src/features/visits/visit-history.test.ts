import { randomUUID } from 'node:crypto';
import type { UserId, VisitEvent } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import type { StoredVisit } from './stored-visit.ts';
import { toHistory } from './visit-history.ts';

const [doctor, patient, desk] = [randomUUID() as UserId, randomUUID() as UserId, randomUUID() as UserId];

test('each party has one name, however they are written in the history', () => {
  expect(
    namesIn(aVisit(), [
      ['started', doctor, 'Ayesha Siddiqui'],
      ['joined', doctor, 'Dr Ayesha Siddiqui'],
      ['joined', patient, 'amina'],
      ['cancelled', desk, 'Sana Malik'],
      ['no_show', null, null],
    ]),
  ).toEqual(['Dr Ayesha Siddiqui', 'Dr Ayesha Siddiqui', 'Amina Yusuf', 'Sana Malik', null]);
});

test('a patient without an account is nobody who acts', () => {
  expect(namesIn({ ...aVisit(), patientUserId: null }, [['no_show', null, null]])).toEqual([null]);
});

function namesIn(
  visit: StoredVisit,
  events: readonly (readonly [VisitEvent['type'], UserId | null, string | null])[],
): (string | null)[] {
  const stored = events.map(([type, actorUserId, actorName]) => ({
    at: '2026-11-21T09:00:00.000Z',
    type,
    actorUserId,
    actorName,
  }));
  return toHistory(visit, stored).map(({ actorName }) => actorName);
}

function aVisit(): StoredVisit {
  const visit = { practitioner: { name: 'Dr Ayesha Siddiqui' }, patient: { name: 'Amina Yusuf' } };
  return { visit, practitionerUserId: doctor, patientUserId: patient } as StoredVisit;
}
