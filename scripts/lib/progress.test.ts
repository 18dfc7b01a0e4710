import { expect, it, vi } from 'vitest';
import { duration, step, tellSteps } from './progress.mjs';

it.each([
  [0, '(0.0 s)'],
  [1_449, '(1.4 s)'],
  [59_949, '(59.9 s)'],
  [59_950, '(1 min 0 s)'],
  [119_499, '(1 min 59 s)'],
  [119_500, '(2 min 0 s)'],
  [3_600_000, '(60 min 0 s)'],
])('says %i ms as %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

it('tells whoever listens of each step, and how far it is', async () => {
  const silence = vi.spyOn(console, 'log').mockReturnValue();
  const heard: string[] = [];
  await tellSteps(
    (line) => heard.push(line),
    async () => {
      await step('Getting the media worker', (report) => report('[12/261]'));
      await step('Building the web app', () => undefined);
    },
  );
  await step('Starting PostgreSQL', () => undefined);
  silence.mockRestore();
  expect(heard).toEqual([
    'Getting the media worker',
    'Getting the media worker [12/261]',
    'Building the web app',
  ]);
});
