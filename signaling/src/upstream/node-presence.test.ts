import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNodePresence, type NodePresence } from './node-presence.ts';

const SILENT_MS = 6_000;
const onDead = vi.fn();
let presence: NodePresence;

beforeEach(() => {
  vi.useFakeTimers();
  onDead.mockClear();
  presence = createNodePresence(SILENT_MS, onDead);
  presence.connected();
});
afterEach(() => vi.useRealTimers());

test('a node that is back in time was never dead', () => {
  presence.disconnected();
  vi.advanceTimersByTime(SILENT_MS - 1);
  presence.connected();
  vi.advanceTimersByTime(SILENT_MS);
  expect(onDead).not.toHaveBeenCalled();
});

test('a node of which there is no sign is dead after a while', () => {
  presence.disconnected();
  vi.advanceTimersByTime(SILENT_MS);
  expect(presence.isDead).toBe(true);
  expect(onDead).toHaveBeenCalledOnce();
});

test('a node whose machine says that nobody listens is dead at once, and once', () => {
  presence.disconnected();
  presence.refused();
  presence.refused();
  vi.advanceTimersByTime(SILENT_MS);
  expect(onDead).toHaveBeenCalledOnce();
  presence.connected();
  expect(presence.isDead).toBe(false);
});

test('a node that is connected is not dead, whatever an earlier attempt has met', () => {
  presence.refused();
  expect(onDead).not.toHaveBeenCalled();
});
