import { createLogger } from '@careconnect/platform';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AbsenceLog } from './absence-log.ts';

const FAILURE = new Error('nobody listens there');
const ABOUT = { sfu: 'http://127.0.0.1:4300' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function anAbsence() {
  const log = createLogger({ name: 'test', level: 'silent' });
  const told: unknown[][] = [];
  log.info = (...words: unknown[]) => void told.push(['info', ...words]);
  log.warn = (...words: unknown[]) => void told.push(['warn', ...words]);
  const absence = new AbsenceLog(log, { awaited: 'waits', missing: 'does not answer' });
  /** One attempt in half a second. */
  const failFor = (seconds: number): void => {
    for (let attempt = 0; attempt < seconds * 2; attempt += 1) {
      absence.failed(FAILURE, ABOUT);
      vi.advanceTimersByTime(500);
    }
  };
  return { absence, told, failFor };
}

test('whoever only starts a moment later is told of in one line, without a reason', () => {
  const { absence, told, failFor } = anAbsence();
  failFor(14);
  absence.answered();
  expect(told).toEqual([['info', ABOUT, 'waits']]);
});

test('whoever is missing is warned of, once, and again the next time', () => {
  const { absence, told, failFor } = anAbsence();
  const absent = [
    ['info', ABOUT, 'waits'],
    ['warn', { ...ABOUT, err: FAILURE }, 'does not answer'],
  ];
  failFor(60);
  expect(told).toEqual(absent);
  absence.answered();
  failFor(60);
  expect(told).toEqual([...absent, ...absent]);
});
