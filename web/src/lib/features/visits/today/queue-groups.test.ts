import { VisitId, type QueueEntry } from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import {
  entryToOpen,
  groupQueue,
  hasFinishedOne,
  isRemovable,
  newlyWaiting,
  stepSelection,
} from './queue-groups.ts';

function anEntry(number: number, state: QueueEntry['state']): QueueEntry {
  return {
    visitId: VisitId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`),
    state,
    patientName: `Patient ${String(number)}`,
    patientAge: 40,
    reason: null,
    origin: 'walk_in',
    scheduledAt: null,
    waitingSince: null,
    isPresent: true,
    absence: null,
  };
}

function gone(entry: QueueEntry, hasLeft: boolean): QueueEntry {
  return { ...entry, isPresent: false, absence: { since: '2026-11-23T10:42:00.000Z', hasLeft } };
}

describe('groupQueue', () => {
  it('sorts by what needs the doctor and keeps the order inside', () => {
    const entries = [anEntry(1, 'waiting'), anEntry(2, 'on_hold'), anEntry(3, 'waiting')];
    const groups = groupQueue(entries);
    expect(groups.waiting).toEqual([entries[0], entries[2]]);
    expect(groups.running).toEqual([entries[1]]);
    expect(groups.expected).toEqual([]);
  });

  it('puts who has left apart from who only lost the connection', () => {
    const entries = [gone(anEntry(1, 'waiting'), true), gone(anEntry(2, 'waiting'), false)];
    const groups = groupQueue(entries);
    expect(groups.gone).toEqual([entries[0]]);
    expect(groups.waiting).toEqual([entries[1]]);
  });
});

describe('newlyWaiting', () => {
  it('names who began to wait, once', () => {
    const before = [anEntry(1, 'waiting'), anEntry(2, 'scheduled')];
    const now = [anEntry(1, 'waiting'), anEntry(2, 'waiting'), anEntry(3, 'waiting')];
    expect(newlyWaiting(before, now).map(({ patientName }) => patientName)).toEqual([
      'Patient 2',
      'Patient 3',
    ]);
    expect(newlyWaiting(now, now)).toEqual([]);
  });

  it('names who had left and is back', () => {
    const back = anEntry(1, 'waiting');
    expect(newlyWaiting([gone(back, true)], [back])).toEqual([back]);
    expect(newlyWaiting([gone(back, false)], [back])).toEqual([]);
  });
});

it('only a walk-in that has not begun is removed', () => {
  expect(isRemovable(anEntry(1, 'waiting'))).toBe(true);
  expect(isRemovable(anEntry(1, 'scheduled'))).toBe(true);
  expect(isRemovable(anEntry(1, 'in_progress'))).toBe(false);
  expect(isRemovable({ ...anEntry(1, 'waiting'), origin: 'appointment' })).toBe(false);
});

it('a visit has ended when it was running and is in the queue no more', () => {
  const running = anEntry(1, 'in_progress');
  expect(hasFinishedOne([running], [])).toBe(true);
  expect(hasFinishedOne([running], [anEntry(1, 'on_hold')])).toBe(false);
  expect(hasFinishedOne([anEntry(1, 'waiting')], [])).toBe(false);
});

describe('stepSelection', () => {
  it('begins at the first and stays at the ends', () => {
    expect(stepSelection(['a', 'b'], null, 1)).toBe('a');
    expect(stepSelection(['a', 'b'], 'a', 1)).toBe('b');
    expect(stepSelection(['a', 'b'], 'b', 1)).toBe('b');
    expect(stepSelection(['a', 'b'], 'a', -1)).toBe('a');
  });

  it('begins again when the selected row has gone, and has nothing to offer in an empty list', () => {
    expect(stepSelection(['a', 'b'], 'x', 1)).toBe('a');
    expect(stepSelection([], null, 1)).toBeNull();
  });
});

describe('entryToOpen', () => {
  const [booked, first, second] = [anEntry(1, 'scheduled'), anEntry(2, 'waiting'), anEntry(3, 'waiting')];
  const all = groupQueue([booked, first, second]);

  it('is who is selected, and before anybody is, the first who waits', () => {
    expect(entryToOpen(all, second.visitId)).toBe(second);
    expect(entryToOpen(all, booked.visitId)).toBe(booked);
    expect(entryToOpen(all, null)).toBe(first);
  });

  it('is never somebody whom the list does not show', () => {
    expect(entryToOpen(groupQueue([second]), first.visitId)).toBe(second);
    expect(entryToOpen(groupQueue([booked]), first.visitId)).toBeNull();
  });
});
