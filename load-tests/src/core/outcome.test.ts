import { expect, it } from 'vitest';
import { toJsonLine } from './outcome.ts';

it('is one line of JSON with the extra figures beside the common ones', () => {
  const line = toJsonLine({
    name: 'join',
    ours: 71.23456,
    baseline: 100,
    unit: 'ms',
    ratio: 0.7123456,
    goal: 'ratio ≤ 0.8',
    ok: true,
    figures: { p50: 71.23456, storm: { above500ms: 0 }, janus: null },
  });
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    name: 'join',
    ours: 71.23,
    baseline: 100,
    unit: 'ms',
    ratio: 0.7123,
    goal: 'ratio ≤ 0.8',
    ok: true,
    p50: 71.23,
    storm: { above500ms: 0 },
    janus: null,
  });
});
