import { expect, test } from 'vitest';
import { canCarry } from './tracks.ts';

test.each([
  ['microphone', 'audio', true],
  ['microphone', 'video', false],
  ['camera', 'video', true],
  ['camera', 'audio', false],
  ['screen', 'video', true],
  ['screen', 'audio', true],
] as const)('a %s carrying %s: %s', (source, kind, allowed) => {
  expect(canCarry(source, kind)).toBe(allowed);
});
