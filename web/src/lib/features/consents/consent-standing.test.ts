import { ConsentTextId, type ConsentRecord, type ConsentText } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { standingOf } from './consent-standing.ts';

const ID = '0199d0f0-0000-7000-8000-000000000001';
const AT = '2026-11-23T10:00:00.000Z';
const text = (version: number): ConsentText => ({
  ...{ id: ConsentTextId.parse(ID), kind: 'telehealth', version, publishedAt: AT },
  wordings: { en: { title: 'Video visits', body: 'A text.' } },
});
const record = (decision: ConsentRecord['decision'], version: number): ConsentRecord => ({
  ...{ id: ID, at: AT, means: 'ownPage', isByPatient: true },
  decision,
  text: text(version),
});
const after = (...records: ConsentRecord[]) =>
  standingOf({ kind: 'telehealth', current: text(2), records }).is;

test('the newest decision counts, and only for the version that it was about', () => {
  expect(after()).toBe('open');
  expect(after(record('given', 2))).toBe('given');
  expect(after(record('given', 1))).toBe('renew');
  expect(after(record('withdrawn', 2), record('given', 2))).toBe('withdrawn');
  expect(after(record('given', 2), record('withdrawn', 1))).toBe('given');
});
