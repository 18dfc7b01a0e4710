import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDatabaseUrl, requireAnswer } from './database-url.mjs';
import { temporaryDirectory } from './temporary-directory.ts';

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
  const { url, close } = await aListener({ port: 0, host: '127.0.0.1' }, 'postgresql://me:hunter2@127.0.0.1');
  await requireAnswer(url);
  await close();
  const refusal = await requireAnswer(url).catch(String);
  expect(refusal).toContain(`127.0.0.1:${url.port}`);
  expect(refusal).not.toContain('hunter2');
});

test('an IPv6 address has its brackets for the URL only', async () => {
  const { url, close } = await aListener({ port: 0, host: '::1' }, 'postgresql://[::1]');
  await requireAnswer(url);
  await close();
});

test.each([
  'postgresql:///care?host=PLACE',
  'postgresql://me@localhost/care?host=PLACE',
  'postgresql://ENCODED/care',
])('the folder of a socket is a place as well: %s', async (written) => {
  const folder = temporaryDirectory();
  const server = createServer().listen(join(folder, '.s.PGSQL.5432'));
  await once(server, 'listening');
  const named = written.replace('PLACE', folder).replace('ENCODED', encodeURIComponent(folder));
  const url = readDatabaseUrl({ DATABASE_URL: named });
  if (!url) throw new Error('it was named');
  await requireAnswer(url);
  server.close();
  await once(server, 'close');
  await expect(requireAnswer(url)).rejects.toThrow(folder);
});

async function aListener(place: ListenOptions, origin: string) {
  const server = createServer().listen(place);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.close();
    await once(server, 'close');
  };
  return { url: new URL(`${origin}:${port}/care`), close };
}
