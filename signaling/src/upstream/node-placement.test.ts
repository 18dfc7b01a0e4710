import type { SfuLoad } from '@careconnect/contracts/internal';
import { describe, expect, test } from 'vitest';
import { leastBusy, type PlaceableNode } from './node-placement.ts';

interface Named extends PlaceableNode {
  readonly name: string;
}

function aNode(
  name: string,
  cpuShares: readonly number[],
  load: Partial<SfuLoad> = {},
  placedSince = 0,
): Named {
  const workers = cpuShares.map((cpuShare, index) => ({ index, rooms: 0, cpuShare }));
  const idle = { node: name, isDraining: false, rooms: 0, seats: 0, producers: 0, consumers: 0 };
  return { name, load: { ...idle, workers, ...load }, placedSince };
}

function chosen(...nodes: readonly Named[]): string | undefined {
  return leastBusy(nodes)?.name;
}

describe('a new room goes', () => {
  test('nowhere when there is no node', () => expect(leastBusy([])).toBeNull());

  test('to the first of equals', () => expect(chosen(aNode('a', [0, 0]), aNode('b', [0, 0]))).toBe('a'));

  test('where the processor has most to spare, counted by worker', () => {
    expect(chosen(aNode('one busy worker', [0.5]), aNode('four', [0.4, 0.4, 0.4, 0.4]))).toBe('four');
    // More of it in all, and less of each.
    expect(chosen(aNode('small', [0.6]), aNode('large', [0.5, 0.5, 0.3, 0.3]))).toBe('large');
  });

  test('where there are fewer rooms, while none of them costs anything yet', () => {
    expect(chosen(aNode('a', [0], { rooms: 3 }), aNode('b', [0], { rooms: 2 }))).toBe('b');
  });

  test('elsewhere than all those that came since the last report', () => {
    expect(chosen(aNode('a', [0], { rooms: 1 }, 2), aNode('b', [0], { rooms: 2 }))).toBe('b');
  });

  test('past a node that drains, unless there is no other', () => {
    const leaving = aNode('leaving', [0], { isDraining: true });
    expect(chosen(leaving, aNode('busy', [0.9]))).toBe('busy');
    expect(chosen(leaving)).toBe('leaving');
  });

  test('past one without workers, and one that has not told yet', () => {
    const silent: Named = { name: 'silent', load: null, placedSince: 0 };
    expect(chosen(silent, aNode('broken', []), aNode('busy', [1.1]))).toBe('busy');
    expect(chosen(silent)).toBe('silent');
  });
});
