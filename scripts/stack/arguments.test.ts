import { expect, test } from 'vitest';
import { parseStartArguments } from './arguments.ts';

test('reads the options of npm start', () => {
  expect(parseStartArguments([])).toEqual({ port: undefined, lan: false, demo: undefined });
  expect(parseStartArguments(['--port', '9000', '--lan', '--no-demo'])).toEqual({
    port: 9000,
    lan: true,
    demo: 'none',
  });
});

test.each([
  ['--port', '0'],
  ['--port', 'web'],
  ['--prot', '1'],
])('refuses %s %s', (...argv) => {
  expect(() => parseStartArguments(argv)).toThrow();
});
