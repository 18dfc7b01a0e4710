import { expect, test } from 'vitest';
import { transportState } from './transport-state.ts';

test.each([
  ['new', 'new', 'new'],
  ['connected', 'connecting', 'new'],
  ['new', 'connected', 'new'],
  ['connected', 'connected', 'connected'],
  ['completed', 'connected', 'connected'],
  ['disconnected', 'connected', 'disconnected'],
  ['disconnected', 'new', 'disconnected'],
  ['completed', 'failed', 'failed'],
  ['completed', 'closed', 'failed'],
  ['disconnected', 'closed', 'failed'],
] as const)('ICE %s and DTLS %s is %s', (ice, dtls, state) => {
  expect(transportState(ice, dtls)).toBe(state);
});
