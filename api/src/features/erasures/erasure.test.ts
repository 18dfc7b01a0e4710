import { expect, test } from 'vitest';
import { heldUntil } from './erasure.ts';

const lastCareAt = new Date('2026-11-23T10:00:00Z');

test('a record is held for its years after the last care', () => {
  expect(heldUntil({ birthDate: '1955-04-01', lastCareAt, retentionYears: 10 })).toBe('2036-11-23');
  expect(heldUntil({ birthDate: '1955-04-01', lastCareAt, retentionYears: 6 })).toBe('2032-11-23');
});

test('that of somebody who was a child then, for its years after they came of age', () => {
  expect(heldUntil({ birthDate: '2020-02-29', lastCareAt, retentionYears: 10 })).toBe('2048-02-29');
  expect(heldUntil({ birthDate: '2020-02-29', lastCareAt, retentionYears: 5 })).toBe('2043-03-01');
  // Who came of age long ago is held by the last care alone.
  expect(heldUntil({ birthDate: '2008-01-01', lastCareAt, retentionYears: 10 })).toBe('2036-11-23');
});
