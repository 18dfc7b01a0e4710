import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageInYears, inQueueOrder, placesOf, type QueuedVisit } from './queue.ts';

const NOW = Date.parse('2027-03-01T10:00:00Z');
const minutesAgo = (minutes: number) => NOW - minutes * 60_000;

function aVisit(visitId: string, changes: Partial<QueuedVisit> = {}): QueuedVisit {
  return {
    visitId,
    state: 'scheduled',
    scheduledAt: null,
    waitingSince: null,
    startedAt: null,
    createdAt: NOW,
    isPresent: true,
    awaySince: null,
    hasLeft: false,
    ...changes,
  };
}
const waiting = (visitId: string, since: number, scheduledAt: number | null = null) =>
  aVisit(visitId, { state: 'waiting', waitingSince: minutesAgo(since), scheduledAt });
const inProgress = (visitId: string, since: number) =>
  aVisit(visitId, { state: 'in_progress', startedAt: minutesAgo(since) });

describe('the order of a queue', () => {
  test('longest waiting first, then who is with the doctor, then who is expected', () => {
    const visits = [
      aVisit('expected-later', { scheduledAt: NOW + 2 }),
      aVisit('on-hold', { state: 'on_hold', startedAt: minutesAgo(30) }),
      waiting('short', 5),
      aVisit('expected-next', { scheduledAt: NOW + 1 }),
      inProgress('present', 10),
      waiting('long', 15),
    ];
    expect(inQueueOrder(visits, NOW).map(({ visitId }) => visitId)).toEqual([
      'long',
      'short',
      'on-hold',
      'present',
      'expected-next',
      'expected-later',
    ]);
  });

  test('whoever has left, or been away for long, is behind everyone, and has their place again on return', () => {
    const away = (visitId: string, minutes: number) => ({
      ...waiting(visitId, 60),
      isPresent: false,
      awaySince: minutesAgo(minutes),
    });
    const neverCame = { ...waiting('never-came', 40), isPresent: false };
    const visits = [
      neverCame,
      away('long-gone', 16),
      { ...away('left', 1), hasLeft: true },
      away('a-moment', 14),
      waiting('here', 5),
      aVisit('expected', { scheduledAt: NOW + 1 }),
    ];
    const order = (list: QueuedVisit[]) => inQueueOrder(list, NOW).map(({ visitId }) => visitId);
    expect(order(visits)).toEqual(['a-moment', 'here', 'expected', 'left', 'long-gone', 'never-came']);
    const back = visits.map((visit) => ({ ...visit, isPresent: true, awaySince: null, hasLeft: false }));
    expect(order(back).slice(0, 5)).toEqual(['a-moment', 'left', 'long-gone', 'never-came', 'here']);
  });

  test('does not depend on the order in which visits were read', () => {
    const visits = fc.uniqueArray(
      fc.record({
        visitId: fc.uuid(),
        state: fc.constantFrom('scheduled', 'waiting', 'in_progress', 'on_hold'),
        scheduledAt: fc.option(fc.integer({ min: 0, max: 3 })),
        waitingSince: fc.option(fc.integer({ min: 0, max: 3 })),
        startedAt: fc.option(fc.integer({ min: 0, max: 3 })),
        createdAt: fc.integer({ min: 0, max: 3 }),
        isPresent: fc.boolean(),
        awaySince: fc.option(fc.integer({ min: NOW - 2_000_000, max: NOW })),
        hasLeft: fc.boolean(),
      }),
      { selector: ({ visitId }) => visitId, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        visits.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(inQueueOrder(shuffled, NOW)).toEqual(inQueueOrder(list, NOW));
        },
      ),
    );
  });
});

describe('a place in the queue', () => {
  test('counts those who wait, from one', () => {
    const places = placesOf([waiting('a', 20), waiting('b', 10), inProgress('c', 5), aVisit('d')], [], NOW);
    expect(places.map(({ visitId, position }) => [visitId, position])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(places.every(({ isDoctorBusy }) => isDoctorBusy)).toBe(true);
  });

  test('is not kept for someone who has left, and nobody waits for them', () => {
    const gone = { ...waiting('gone', 30), hasLeft: true };
    expect(placesOf([gone, waiting('a', 20)], [], NOW).map(({ visitId }) => visitId)).toEqual(['a']);
  });

  test('promises no minutes when there is too little to judge by', () => {
    expect(placesOf([waiting('a', 1)], [12, 9], NOW)[0]?.estimateMinutes).toBeNull();
  });

  test.each([
    ['next and the doctor is free', [waiting('a', 1)], 0, { from: 0, to: 5 }],
    ['one ahead', [waiting('z', 9), waiting('a', 1)], 1, { from: 5, to: 15 }],
    ['the present visit has just begun', [waiting('a', 1), inProgress('p', 0)], 0, { from: 5, to: 15 }],
    ['the present visit is nearly over', [waiting('a', 1), inProgress('p', 11)], 0, { from: 0, to: 10 }],
    ['the present visit takes far longer', [waiting('a', 1), inProgress('p', 60)], 0, { from: 0, to: 10 }],
    ['early for an appointment', [waiting('a', 1, NOW + 40 * 60_000)], 0, { from: 0, to: 40 }],
  ])('estimates from the usual length of 12 minutes: %s', (_name, queue, index, expected) => {
    expect(placesOf(queue, [30, 12, 5, 11, 13], NOW)[index]?.estimateMinutes).toEqual(expected);
  });

  test('never estimates backwards, and never less for a place further back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 3, maxLength: 20 }),
        fc.option(fc.integer({ min: 0, max: 300 })),
        (count, durations, busyFor) => {
          const queue = Array.from({ length: count }, (_none, index) => waiting(String(index), 60 - index));
          if (busyFor !== null) queue.push(inProgress('present', busyFor));
          let previous = { from: 0, to: 0 };
          for (const { estimateMinutes } of placesOf(queue, durations, NOW)) {
            if (!estimateMinutes) throw new Error('there was enough to estimate from');
            expect(estimateMinutes.from).toBeGreaterThanOrEqual(previous.from);
            expect(estimateMinutes.to).toBeGreaterThanOrEqual(previous.to);
            expect(estimateMinutes.to).toBeGreaterThan(estimateMinutes.from);
            previous = estimateMinutes;
          }
        },
      ),
    );
  });
});

test.each([
  ['2000-03-01', '2027-03-01', 27],
  ['2000-03-02', '2027-03-01', 26],
  ['2000-02-29', '2027-02-28', 26],
  ['2027-01-01', '2027-03-01', 0],
])('born %s is on %s %i years old', (birthDate, day, age) => {
  expect(ageInYears(birthDate, day)).toBe(age);
});
