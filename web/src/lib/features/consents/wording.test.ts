import { expect, test } from 'vitest';
import { wordingIn } from './wording.ts';

const en = { title: 'Video visits', body: 'A text.' };
const ur = { title: 'ویڈیو ملاقات', body: 'متن' };

test('a text is shown in the language of the page, else in the one that there is', () => {
  expect(wordingIn({ en, ur }, 'ur')).toEqual({ language: 'ur', ...ur });
  expect(wordingIn({ en }, 'ur')).toEqual({ language: 'en', ...en });
  expect(wordingIn({ ur }, 'en')).toEqual({ language: 'ur', ...ur });
  expect(() => wordingIn({}, 'en')).toThrow(TypeError);
});
