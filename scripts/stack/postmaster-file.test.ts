import { expect, test } from 'vitest';
import { parsePostmasterFile } from './postmaster-file.ts';

const LINES = ['4711', '/data', '1795205000', '5433', '', '127.0.0.1', '  1234567   32768', 'ready   '];

test('reads pid, port and readiness', () => {
  expect(parsePostmasterFile(LINES.join('\n'))).toEqual({ pid: 4711, port: 5433, isReady: true });
});

test('a server that is still on its way up is not ready', () => {
  expect(parsePostmasterFile(LINES.with(7, 'starting').join('\n'))?.isReady).toBe(false);
  expect(parsePostmasterFile(LINES.slice(0, 6).join('\n'))?.isReady).toBe(false);
});

test('a file that is being written is no state', () => {
  expect(parsePostmasterFile('')).toBeNull();
});
