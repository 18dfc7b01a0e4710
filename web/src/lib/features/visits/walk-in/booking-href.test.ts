import { PractitionerId } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { bookingHref } from './booking-href.ts';

const doctor = PractitionerId.parse('01900000-0000-7000-8000-00000000d0c0');

it('leads to this doctor, through the sign-in for whoever has no account here yet', () => {
  expect(bookingHref({ isGuest: false }, doctor)).toBe(`/patient/book/${doctor}`);
  for (const stranger of [null, { isGuest: true }]) {
    expect(bookingHref(stranger, doctor)).toBe(`/sign-in?returnTo=%2Fpatient%2Fbook%2F${doctor}`);
  }
});
