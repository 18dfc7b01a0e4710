import { randomUUID } from 'node:crypto';
import type { OrganizationId, SeatId, VisitId } from '@careconnect/contracts';
import type { Fact, SeatFact } from '@careconnect/contracts/internal';
import { expect, test } from 'vitest';
import { stepsOf } from './fact-steps.ts';

const once = () => ({ idempotencyKey: randomUUID(), at: '2026-11-02T09:00:00.000Z' });
const place = { organizationId: randomUUID() as OrganizationId, visitId: randomUUID() as VisitId };
const aFact = (type: SeatFact['type'], seatId: string): Fact => ({
  type,
  ...once(),
  ...place,
  seatId: seatId as SeatId,
});
const shape = (facts: readonly Fact[]): [string, number][] =>
  stepsOf(facts).map(({ type, facts: { length } }) => [type, length]);

test('many who come in the same moment take one step for each thing that they do', () => {
  const facts = ['a', 'b', 'c'].flatMap((seat) => [
    aFact('seat.connected', seat),
    aFact('seat.joined', seat),
  ]);
  expect(shape(facts)).toEqual([
    ['seat.connected', 3],
    ['seat.joined', 3],
  ]);
});

test('what one seat did stays in its order', () => {
  const facts = [
    aFact('seat.connected', 'a'),
    aFact('seat.disconnected', 'a'),
    aFact('seat.connected', 'a'),
    aFact('seat.connected', 'b'),
  ];
  expect(shape(facts)).toEqual([
    ['seat.connected', 2],
    ['seat.disconnected', 1],
    ['seat.connected', 1],
  ]);
});

test('a node that starts stays between what was before it and what came after', () => {
  const started: Fact = { type: 'signaling.started', ...once() };
  const facts = [aFact('seat.connected', 'a'), started, aFact('seat.connected', 'b')];
  expect(shape(facts)).toEqual([
    ['seat.connected', 1],
    ['signaling.started', 1],
    ['seat.connected', 1],
  ]);
});

test('the same fact twice in a batch is two steps, for one statement cannot change a row twice', () => {
  const fact = aFact('seat.connected', 'a');
  expect(shape([fact, fact])).toEqual([
    ['seat.connected', 1],
    ['seat.connected', 1],
  ]);
});
