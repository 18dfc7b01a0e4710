import { expect, test } from 'vitest';
import { firstThatWorks } from './first-that-works.mjs';

const quiet = (): void => {};

test('asks in order and stops at the first answer', async () => {
  const asked: string[] = [];
  const way = (name: string, answer: string | null) => ({
    name,
    find: async () => {
      asked.push(name);
      return answer;
    },
  });
  const ways = [way('cache', null), way('prebuilt', '/worker'), way('debian', '/other')];
  expect(await firstThatWorks(ways, quiet)).toEqual({ path: '/worker', name: 'prebuilt' });
  expect(asked).toEqual(['cache', 'prebuilt']);
});

test('a way that fails does not end the search, and is told of when none works', async () => {
  const ways = [
    { name: 'prebuilt', find: async () => Promise.reject(new Error('no network')) },
    { name: 'debian', find: async () => null },
  ];
  expect(await firstThatWorks(ways, quiet)).toEqual({
    tried: 'prebuilt: no network; debian: not available here',
  });
});
