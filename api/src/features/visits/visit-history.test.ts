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

test('who comes in again after they went out is back, and somebody else of the same name is not', () => {
  const [ali, other] = [randomUUID() as UserId, randomUUID() as UserId];
  const told = historyOf(aVisit(), [
    ['joined', ali, 'Ali'],
    ['left', ali, 'Ali'],
    ['joined', other, 'Ali'],
    ['joined', ali, 'Ali'],
    ['left', other, 'Ali'],
    ['left', patient, 'amina'],
    ['joined', patient, 'amina'],
  ]);
  expect(told.filter(({ type }) => type === 'joined').map(({ isBack }) => isBack)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(told.filter(({ type }) => type === 'left').some(({ isBack }) => isBack)).toBe(false);
});

type Told = readonly [VisitEvent['type'], UserId | null, string | null];

function namesIn(visit: StoredVisit, events: readonly Told[]): (string | null)[] {
  return historyOf(visit, events).map(({ actorName }) => actorName);
}

function historyOf(visit: StoredVisit, events: readonly Told[]): VisitEvent[] {
  const stored = events.map(([type, actorUserId, actorName]) => ({
    at: '2026-11-21T09:00:00.000Z',
    type,
    actorUserId,
    actorName,
  }));
  return toHistory(visit, stored);
}

function aVisit(): StoredVisit {
  const visit = { practitioner: { name: 'Dr Ayesha Siddiqui' }, patient: { name: 'Amina Yusuf' } };
  return { visit, practitionerUserId: doctor, patientUserId: patient } as StoredVisit;
}
