import { expect, test } from 'vitest';
import { reasonErrors, toReason } from './reason-draft.ts';

test('a reason needs a category and a sentence', () => {
  const draft = { category: 'covering', reason: '  Dr Yusuf is away until Friday\u0007 ' };
  expect(reasonErrors(draft)).toEqual({ category: undefined, reason: undefined });
  expect(toReason(draft)).toEqual({ category: 'covering', reason: 'Dr Yusuf is away until Friday' });
});

test.each([
  [{ category: '', reason: 'Dr Yusuf is away until Friday' }, ['category']],
  [{ category: 'other', reason: '  too short   ' }, ['reason']],
  [{ category: 'other', reason: 'x'.repeat(501) }, ['reason']],
  [{ category: 'curious', reason: '' }, ['category', 'reason']],
])('%j is missing something', (draft, missing) => {
  const errors = Object.entries(reasonErrors(draft)).filter(([, sentence]) => sentence !== undefined);
  expect(errors.map(([field]) => field)).toEqual(missing);
  expect(toReason(draft)).toBeNull();
});
