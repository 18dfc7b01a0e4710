import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SfuServer } from '../server.ts';
import { refusalOf, startTestSfu, tokenOf } from '../testing/test-sfu.ts';

let sfu: SfuServer;

beforeAll(async () => {
  sfu = await startTestSfu();
});
afterAll(() => sfu.close());

test.each([
  ['no token', async () => ({}), 'UNAUTHENTICATED'],
  ['a token that is no string', async () => ({ token: { toString: 'x' } }), 'UNAUTHENTICATED'],
  ['a word instead of a token', async () => ({ token: 'sesame' }), 'UNAUTHENTICATED'],
  ['a token for someone else', async () => ({ token: await tokenOf('signaling', 'api') }), 'UNAUTHENTICATED'],
  [
    'a token under another secret',
    async () => ({ token: await tokenOf('signaling', 'sfu', 'some other secret, also long enough') }),
    'UNAUTHENTICATED',
  ],
  [
    'a good token with more beside it',
    async () => ({ token: await tokenOf('signaling'), role: 'admin' }),
    'UNAUTHENTICATED',
  ],
  ['a good token of another process', async () => ({ token: await tokenOf('api') }), 'FORBIDDEN'],
] as const)('refuses %s', async (_name, auth, code) => {
  const data = { code, requestId: expect.any(String) as string };
  expect(await refusalOf(sfu.url, await auth())).toMatchObject({ data });
});

test('does not talk over long polling', async () => {
  const answer = await fetch(`${sfu.url}/socket.io/?EIO=4&transport=polling`);
  expect(answer.status).toBe(400);
});
