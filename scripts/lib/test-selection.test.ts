import { expect, test } from 'vitest';
import { selectStages } from './test-selection.mjs';

test('everything, in order, unless something is asked for', () => {
  expect(selectStages([])).toEqual({ stages: ['check', 'int', 'browser'], patterns: [] });
  expect(selectStages(['--only', 'browser,check']).stages).toEqual(['check', 'browser']);
  expect(selectStages(['--only=int', '--', 'visits'])).toEqual({ stages: ['int'], patterns: ['visits'] });
});

test('refuses what it does not know', () => {
  expect(() => selectStages(['--only', 'unit'])).toThrow('There is no test stage "unit"');
  expect(() => selectStages(['--fast'])).toThrow('--fast');
});
