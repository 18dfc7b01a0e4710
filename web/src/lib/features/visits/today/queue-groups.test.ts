import { VisitId, type QueueEntry } from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { groupQueue, newlyWaiting, stepSelection } from './queue-groups.ts';

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
  };
}

describe('groupQueue', () => {
  it('sorts by what needs the doctor and keeps the order inside', () => {
    const entries = [anEntry(1, 'waiting'), anEntry(2, 'on_hold'), anEntry(3, 'waiting')];
    const groups = groupQueue(entries);
    expect(groups.waiting).toEqual([entries[0], entries[2]]);
    expect(groups.running).toEqual([entries[1]]);
    expect(groups.expected).toEqual([]);
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
