import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLifeline } from './lifeline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a seat that never connects is abandoned', () => {
  const onAbandoned = vi.fn();
  createLifeline(1_000, onAbandoned);
  vi.advanceTimersByTime(999);
  expect(onAbandoned).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onAbandoned).toHaveBeenCalledOnce();
});

test('one connected direction keeps it, and losing both starts the time anew', () => {
  const onAbandoned = vi.fn();
  const lifeline = createLifeline(1_000, onAbandoned);
  lifeline.setConnected('send', true);
  lifeline.setConnected('recv', true);
  lifeline.setConnected('send', false);
  vi.advanceTimersByTime(60_000);
  expect(onAbandoned).not.toHaveBeenCalled();
  lifeline.setConnected('recv', false);
  vi.advanceTimersByTime(1_000);
  expect(onAbandoned).toHaveBeenCalledOnce();
});

test('a closed seat is not abandoned', () => {
  const onAbandoned = vi.fn();
  const lifeline = createLifeline(1_000, onAbandoned);
  lifeline.cut();
  lifeline.setConnected('send', false);
  vi.advanceTimersByTime(60_000);
  expect(onAbandoned).not.toHaveBeenCalled();
});
