import { expect, inject, test } from 'vitest';
import { inspectPages } from './accessibility/inspect.ts';

test('every page of every role can be used by everyone, on a phone and at a desk, in both themes', async () => {
  const { cases, findings } = await inspectPages(inject('origin'));
  expect(findings).toEqual([]);
  expect(cases).toBeGreaterThan(30);
});
