import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freePort } from '../../../../scripts/stack/free-port.ts';
import { startTestWorker } from '../../testing/test-worker.ts';
import type { MediaWorker } from './media-worker.ts';

const LOOPBACK = '127.0.0.1';
/** A worker that finds its port taken has found it by then. */
const FOUND_BY_THEN_MS = 300;

function startAt(portBase: number): Promise<MediaWorker> {
  return startTestWorker(0, { portBase });
}

test('a worker waits for the port of one that is about to end', async () => {
  const leaving = createSocket('udp4');
  // A worker takes it for TCP too, where no connection on its way out may have it.
  const port = await freePort();
  leaving.bind(port, LOOPBACK);
  await once(leaving, 'listening');
  const starting = startAt(port);
  await sleep(FOUND_BY_THEN_MS);
  leaving.close();
  const worker = await starting;
  expect((await worker.webRtcServer.dump()).udpSockets).toEqual([{ ip: LOOPBACK, port }]);
  await worker.close();
});

test('a port that stays taken is a failure', async () => {
  const staying = createSocket('udp4');
  staying.bind(0, LOOPBACK);
  await once(staying, 'listening');
  await expect(startAt(staying.address().port)).rejects.toThrow('address already in use');
  staying.close();
});
