import { expect, it } from 'vitest';
import { matchesWords } from './match-words.ts';

it('finds beginnings of words in any order, and everything when nothing is typed', () => {
  const text = 'Amina Yusuf · Fever since Monday';
  for (const typed of ['', ' ', 'ami', 'YUSUF, amina', 'fever am'])
    expect(matchesWords(text, typed)).toBe(true);
  for (const typed of ['mina', 'amina khan']) expect(matchesWords(text, typed)).toBe(false);
});
