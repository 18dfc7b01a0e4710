import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { readDatabaseUrl, requireAnswer } from './database-url.mjs';

test('without a wish there is the embedded database', () => {
  expect(readDatabaseUrl({})).toBeNull();
  expect(readDatabaseUrl({ DATABASE_URL: '' })).toBeNull();
});

test.each(['postgresql://me:secret@db.example:6432/care', 'postgres://db.example/care'])(
  '%s is one',
  (url) => {
    expect(readDatabaseUrl({ DATABASE_URL: url })?.hostname).toBe('db.example');
  },
);

test.each(['banana', 'mysql://db.example/care', 'db.example:5432', 'postgresql:///care'])(
  '%s is none, and the mend shows how one is written',
  (url) => {
    expect(() => readDatabaseUrl({ DATABASE_URL: url })).toThrow(
      expect.objectContaining({ mend: expect.stringContaining('postgresql://user:password@host') as string }),
    );
  },
);

test('one that does not answer is named without its password', async () => {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(`postgresql://me:hunter2@127.0.0.1:${port}/care`);
  await requireAnswer(url);
  server.close();
  await once(server, 'close');
  const refusal = await requireAnswer(url).catch(String);
  expect(refusal).toContain(`127.0.0.1:${port}`);
  expect(refusal).not.toContain('hunter2');
});
