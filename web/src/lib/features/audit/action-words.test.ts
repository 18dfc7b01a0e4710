import { AuditAction } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { ACTION_WORDS, actionWords } from './action-words.ts';

test.each(['en', 'ur'] as const)('in %s every action has words of its own', (locale) => {
  const words = AuditAction.options.map((action) => ACTION_WORDS[action]({}, { locale }));
  const letters = locale === 'ur' ? /^[^a-z]*$/i : /^[^\p{Script=Arabic}]*$/u;
  expect(words.filter((text) => text.includes('.') || !letters.test(text))).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

test('what an older version did is told by its name', () => {
  expect(actionWords('patient.fax')).toBe('patient.fax');
});
