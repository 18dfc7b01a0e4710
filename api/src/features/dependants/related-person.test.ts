import { Relationship, type ActingScope, type RelatedPersonStatus } from '@careconnect/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scopesOf, statusAfter, type Move } from './related-person.ts';

const ORDER: readonly RelatedPersonStatus[] = ['pending', 'active', 'ended'];

test('however it is moved, a relation only moves on, and out of its end nothing leads', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<Move>('grant', 'end')), (moves) => {
      let status: RelatedPersonStatus = 'pending';
      for (const move of moves) {
        const next = statusAfter(status, move);
        if (status === 'ended') expect(next).toBeNull();
        if (next === null) continue;
        expect(ORDER.indexOf(next)).toBeGreaterThan(ORDER.indexOf(status));
        status = next;
      }
      const wasEnded = moves.includes('end');
      expect(status).toBe(wasEnded ? 'ended' : moves.length > 0 ? 'active' : 'pending');
    }),
  );
});

test('a parent may do all, and a carer what was named', () => {
  const named: ActingScope[] = ['records', 'visits'];
  for (const relationship of Relationship.options) {
    const isGuardian = ['MTH', 'FTH', 'GUARD'].includes(relationship);
    expect(scopesOf(relationship, named)).toEqual(
      isGuardian ? ['visits', 'records', 'decisions'] : ['visits', 'records'],
    );
  }
  expect(scopesOf('DAUC', ['records'])).toEqual(['records']);
});
