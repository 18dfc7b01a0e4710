import { expect, it } from 'vitest';
import { isCancellable } from './is-cancellable.ts';

it('an appointment is cancelled until its visit begins', () => {
  expect(isCancellable({ status: 'booked', visitState: 'scheduled' })).toBe(true);
  expect(isCancellable({ status: 'arrived', visitState: 'waiting' })).toBe(true);
  // The doctor may open the room before the patient has arrived.
  expect(isCancellable({ status: 'booked', visitState: 'in_progress' })).toBe(false);
  expect(isCancellable({ status: 'arrived', visitState: 'in_progress' })).toBe(false);
  expect(isCancellable({ status: 'arrived', visitState: 'on_hold' })).toBe(false);
  expect(isCancellable({ status: 'cancelled', visitState: 'cancelled' })).toBe(false);
});
