import {
  PatientId,
  PractitionerId,
  QUEUE_MAX_ENTRIES,
  VisitId,
  type VisitState,
} from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { createQueueAnswers, toShown } from './queue-view.ts';
import type { QueueRow } from './queue.repository.ts';

const READ_AT = new Date('2026-11-23T09:00:00Z');

function aRow(index: number, state: VisitState): QueueRow {
  const visitId = VisitId.parse(`01900000-0000-7000-8000-${String(index).padStart(12, '0')}`);
  return {
    visitId,
    patientId: PatientId.parse(visitId),
    state,
    origin: 'walk_in',
    reason: null,
    patientName: 'Amina Yusuf',
    birthDate: '1961-07-30',
    scheduledAt: null,
    waitingSince: null,
    startedAt: null,
    createdAt: READ_AT.getTime() + index,
    isPresent: true,
    awaySince: null,
    hasLeft: false,
  };
}

test('of a queue beyond all measure the first are shown, and whoever waits is among them', () => {
  const expected = Array.from({ length: QUEUE_MAX_ENTRIES }, (_, index) => aRow(index, 'scheduled'));
  const waiting = aRow(QUEUE_MAX_ENTRIES, 'waiting');
  const { entries, patientIds } = toShown({
    today: '2026-11-23',
    readAt: READ_AT,
    rows: [...expected, waiting],
  });
  expect(entries).toHaveLength(QUEUE_MAX_ENTRIES);
  expect(entries[0]?.visitId).toBe(waiting.visitId);
  expect(patientIds).toHaveLength(QUEUE_MAX_ENTRIES);
  expect(patientIds[0]).toBe(waiting.patientId);
});

test('a patient who is in a queue twice is named once', () => {
  const waiting = aRow(1, 'waiting');
  const later = { ...aRow(2, 'scheduled'), patientId: waiting.patientId };
  const { entries, patientIds } = toShown({ today: '2026-11-23', readAt: READ_AT, rows: [waiting, later] });
  expect(entries).toHaveLength(2);
  expect(patientIds).toEqual([waiting.patientId]);
});

test('whoever shares a read of a queue gets the same answer, and the next read has its own', () => {
  const doctor = PractitionerId.parse('01900000-0000-7000-8000-00000000d0c0');
  const answerOf = createQueueAnswers();
  const read = { today: '2026-11-23', readAt: READ_AT, rows: [aRow(1, 'waiting')] };
  expect(answerOf(doctor, read)).toBe(answerOf(doctor, read));
  expect(answerOf(doctor, { ...read })).not.toBe(answerOf(doctor, read));
});
