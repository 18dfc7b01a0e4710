import type { Patient, PatientId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { changesOf, toDraft, wrongFields } from './correction-draft.ts';

const patient: Patient = {
  id: '01900000-0000-7000-8000-000000000001' as PatientId,
  name: 'Amina Bibi',
  birthDate: '1955-03-27',
  gender: 'female',
  phone: '+92 300 1234567',
  email: null,
  allergiesNote: null,
  createdAt: '2026-01-01T00:00:00.000Z',
};

test('nothing is sent of what nobody has changed', () => {
  expect(changesOf(patient, toDraft(patient))).toEqual({});
});

test('what was changed goes with what it was, and what was emptied is taken away', () => {
  const draft = { ...toDraft(patient), name: ' Amina Begum ', phone: ' ', email: 'amina@home.example' };
  expect(changesOf(patient, draft)).toEqual({
    name: { from: 'Amina Bibi', to: 'Amina Begum' },
    phone: { from: '+92 300 1234567', to: null },
    email: { from: null, to: 'amina@home.example' },
  });
});

test('fields that hold what cannot be are named', () => {
  const draft = { ...toDraft(patient), name: ' ', birthDate: '2190-01-01', phone: 'none', email: 'amina' };
  expect(wrongFields(changesOf(patient, draft))).toEqual(['name', 'birthDate', 'phone', 'email']);
  expect(wrongFields(changesOf(patient, { ...toDraft(patient), phone: '' }))).toEqual([]);
});
