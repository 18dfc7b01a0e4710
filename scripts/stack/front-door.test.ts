import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Failure } from '../lib/failure.mjs';
import { temporaryDirectory } from '../lib/temporary-directory.ts';
import { openFrontDoor } from './front-door.ts';

async function aTakenPort(): Promise<number> {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function open(port: number | undefined, env: Record<string, string> = {}) {
  return openFrontDoor({ lan: false, port, certsDir: temporaryDirectory(), env });
}

test('a port that was asked for and is taken is refused, with a way on', async () => {
  const port = await aTakenPort();
  const refusal: unknown = await open(port).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Failure);
  expect((refusal as Failure).message).toBe(`Port ${port} is taken.`);
  expect((refusal as Failure).mend).toContain('--port');
});

test('on this machine alone it listens on loopback, whatever people type', async () => {
  const front = await open(undefined, { PUBLIC_ORIGIN: 'https://care.example' });
  expect(front).toMatchObject({ publicOrigin: 'https://care.example', host: '127.0.0.1', tls: null });
  expect(front.rtc).toEqual({ listenIp: '127.0.0.1', announcedAddress: '127.0.0.1' });
});
