import { expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

test('takes the last error record of a JSON log', () => {
  const output = [
    '{"level":"info","msg":"starting"}',
    '{"level":"fatal","msg":"uncaught exception","err":{"message":"listen EADDRINUSE 127.0.0.1:4000"}}',
    '{"level":"info","msg":"stopped"}',
  ].join('\n');
  expect(lastWords(output)).toBe('listen EADDRINUSE 127.0.0.1:4000');
});

test('takes the message of an error that Node prints, not the code above it', () => {
  const output = [
    'file:///app/api/src/main.ts:3',
    "throw new ConfigError('no');",
    '',
    'ConfigError: DATABASE_URL: Required',
    '    at main.ts:3',
    'Node.js v24',
  ].join('\n');
  expect(lastWords(output)).toBe('ConfigError: DATABASE_URL: Required');
});

test('falls back to the end of what was said', () => {
  expect(lastWords('The environment is not complete:\n  API_PORT: Required\n')).toBe(
    'The environment is not complete: API_PORT: Required',
  );
});
