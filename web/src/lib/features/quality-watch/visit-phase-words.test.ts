import { expect, test } from 'vitest';
import { phaseWords } from './visit-phase-words.ts';

test.each([
  ['scheduled', 'The visit has not begun yet'],
  ['waiting', 'The visit has not begun yet'],
  ['in_progress', 'The visit so far'],
  ['on_hold', 'The visit so far'],
  ['ended', 'The visit as a whole'],
  ['cancelled', 'The visit as a whole'],
] as const)('a visit that is %s is told of as such', (state, heading) => {
  const words = phaseWords(state);
  expect(words.heading).toBe(heading);
  expect(words.hasBegun).toBe(heading !== 'The visit has not begun yet');
});

test('only of a visit that is not over is something measured yet to come', () => {
  expect(phaseWords('waiting').nothing.title).toMatch(/ yet$/);
  expect(phaseWords('in_progress').nothing.title).toMatch(/ yet$/);
  expect(phaseWords('summarised').nothing.title).not.toMatch(/yet/);
});
