import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { closeServer, listen } from './listen.ts';
import { probeListener } from './probe-listener.ts';

test('tells who listens from who has gone, and both from an address that cannot be reached', async () => {
  const server = createServer();
  const { port } = await listen(server, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  expect(await probeListener(url)).toBe('yes');
  await closeServer(server);
  expect(await probeListener(url)).toBe('refused');
  expect(await probeListener('http://there-is-no-such-host.invalid')).toBe('silent');
});
