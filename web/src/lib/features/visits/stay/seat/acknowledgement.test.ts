import { seatRequests } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { readAck } from './acknowledgement.ts';
import { RequestError } from './request-error.ts';

const { response } = seatRequests['seat:check-in'];

it('answers with the data of an accepted request', () => {
  expect(readAck({ ok: true, data: { phase: 'waiting', position: null } }, response)).toEqual({
    phase: 'waiting',
    position: null,
  });
});

it('throws the code of a refused request, with the id for support', () => {
  const refusal = { code: 'VISIT_OVER', message: 'It is over.', requestId: 'r-1' };
  expect(() => readAck({ ok: false, error: refusal }, response)).toThrow(
    expect.objectContaining({ code: 'VISIT_OVER', requestId: 'r-1', isPassing: false }) as RequestError,
  );
});

it('does not take an answer that breaks the contract', () => {
  expect(() => readAck({ ok: true, data: { phase: 'asleep' } }, response)).toThrow();
  expect(() => readAck('yes', response)).toThrow();
});

it('tells what passes by itself from what the person must know', () => {
  expect(RequestError.from(new TypeError('fetch failed')).isPassing).toBe(true);
  expect(RequestError.from({ code: 'SEAT_TAKEN', requestId: 'r-2' })).toMatchObject({
    code: 'SEAT_TAKEN',
    requestId: 'r-2',
    isPassing: false,
  });
});
