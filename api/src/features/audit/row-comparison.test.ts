import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRows, type MarkedRow } from './row-comparison.ts';

const rows = (text: string): MarkedRow[] => [...text].map((mark, index) => ({ id: `${index}${mark}`, mark }));
const compare = (now: string, sealed: string) => compareRows(rows(now), [...sealed]);

test('rows that are as they were are no fault', () => {
  expect(compare('abcd', 'abcd')).toEqual([]);
});

test.each([
  ['axcd', [{ kind: 'row-changed', rowId: '1x' }]],
  ['xbcd', [{ kind: 'row-changed', rowId: '0x' }]],
  ['acd', [{ kind: 'row-missing', after: '0a' }]],
  ['bcd', [{ kind: 'row-missing', after: null }]],
  ['abc', [{ kind: 'row-missing', after: '2c' }]],
  ['abxcd', [{ kind: 'row-inserted', rowId: '2x' }]],
  ['abcdx', [{ kind: 'row-inserted', rowId: '4x' }]],
  [
    'acxd',
    [
      { kind: 'row-missing', after: '0a' },
      { kind: 'row-inserted', rowId: '2x' },
    ],
  ],
  ['xyzabcd', ['0x', '1y', '2z'].map((rowId) => ({ kind: 'row-inserted', rowId }))],
  ['', Array(4).fill({ kind: 'row-missing', after: null })],
])('of "abcd", "%s" is told apart', (now, faults) => {
  expect(compare(now, 'abcd')).toEqual(faults);
});

test('whatever was done, something is told, and the counts add up', () => {
  const Marks = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 12 });
  fc.assert(
    fc.property(Marks, Marks, (now, sealed) => {
      const faults = compareRows(
        now.map((mark) => ({ id: mark, mark })),
        sealed,
      );
      const of = (kind: string) => faults.filter((fault) => fault.kind === kind).length;
      expect(faults.length === 0).toBe(now.join() === sealed.join());
      expect(now.length - of('row-inserted') + of('row-missing')).toBe(sealed.length);
    }),
  );
});
