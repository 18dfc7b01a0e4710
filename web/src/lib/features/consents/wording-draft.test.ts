import { expect, test } from 'vitest';
import { draftOf, wordingErrors, wordingsOf } from './wording-draft.ts';

const en = { title: 'Video visits', body: 'A text.' };

test('a language that is left empty is not published, and one that is half written is named', () => {
  expect(wordingsOf(draftOf({ en }))).toEqual({ en });
  expect(wordingErrors(draftOf({ en }))).toEqual({});
  expect(Object.keys(wordingErrors({ ...draftOf({ en }), ur: { title: '', body: 'متن' } }))).toEqual([
    'title-ur',
  ]);
  expect(Object.keys(wordingErrors(draftOf(undefined)))).toEqual(['title-en']);
});
