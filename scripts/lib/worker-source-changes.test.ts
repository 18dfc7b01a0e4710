import { expect, test } from 'vitest';
import { applyChange } from './worker-source-changes.mjs';

const CHANGE = { file: 'a.cpp', why: 'it must', from: 'x == 1', to: 'x & 1' };

test('replaces exactly one place', () => {
  expect(applyChange('if (x == 1) {}', CHANGE)).toBe('if (x & 1) {}');
});

test('a source that has it already stays as it is', () => {
  expect(applyChange('if (x & 1) {}', CHANGE)).toBe('if (x & 1) {}');
});

test.each(['if (y == 1) {}', 'x == 1; x == 1'])('refuses a source it does not know: %s', (source) => {
  expect(() => applyChange(source, CHANGE)).toThrow('a.cpp');
});
