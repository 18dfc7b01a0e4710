import { endpoints, type EndpointContract } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createAnswerWriter } from './answer-writer.ts';

const writeAnswer = createAnswerWriter();

function counting(fields: z.ZodRawShape): { contract: EndpointContract; checks: () => number } {
  let count = 0;
  const response = z.object(fields).refine(() => (count += 1) > 0);
  return { contract: { ...endpoints.visits.today, response }, checks: () => count };
}

test('an answer that several share is checked and written once, an equal one again', () => {
  const { contract, checks } = counting({ waiting: z.number() });
  const shared = { waiting: 2 };
  expect([writeAnswer(contract, shared), writeAnswer(contract, shared)]).toEqual(
    Array(2).fill('{"waiting":2}'),
  );
  expect(checks()).toBe(1);
  expect(writeAnswer(contract, { waiting: 2 })).toBe('{"waiting":2}');
  expect(checks()).toBe(2);
});

test('one answer to two endpoints shows with each only what its contract names', () => {
  const answer = { waiting: 2, reason: 'Cough' };
  expect(writeAnswer(counting({ waiting: z.number(), reason: z.string() }).contract, answer)).toContain(
    'Cough',
  );
  expect(writeAnswer(counting({ waiting: z.number() }).contract, answer)).toBe('{"waiting":2}');
});

test('an answer against its contract is refused every time', () => {
  const { contract } = counting({ waiting: z.number() });
  const wrong = { waiting: 'two' };
  for (let round = 0; round < 2; round += 1)
    expect(() => writeAnswer(contract, wrong)).toThrow(/against its contract/);
});
