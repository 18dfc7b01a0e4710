import { expect, it } from 'vitest';
import { askedAhead } from './asked-ahead.ts';

it('names what the page of a visit asks first, as fetch will ask it', () => {
  expect(askedAhead('/visit/[visitId]', 'v-1', true)).toBe(
    '</api/v1/auth/me>; rel="preload"; as="fetch"; crossorigin, ' +
      '</api/v1/consultations/v-1>; rel="preload"; as="fetch"; crossorigin',
  );
});

it('asks nothing for somebody without a session', () => {
  expect(askedAhead('/visit/[visitId]', 'v-1', false)).toBeNull();
});

it('leaves all other pages alone', () => {
  expect(askedAhead('/visit/[visitId]/record', 'v-1', true)).toBeNull();
  expect(askedAhead(null, undefined, true)).toBeNull();
});

it('lets nobody write into the header', () => {
  expect(askedAhead('/visit/[visitId]', 'a>; rel=x, <b', true)).toContain(
    '</api/v1/consultations/a%3E%3B%20rel%3Dx%2C%20%3Cb>',
  );
});

it('asks for no visit of somebody else’s, whom only a header names', () => {
  expect(askedAhead('/visit/[visitId]', 'v-1', true, true)).toBe(
    '</api/v1/auth/me>; rel="preload"; as="fetch"; crossorigin',
  );
});
