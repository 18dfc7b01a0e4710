import { ROUTER_RTP_CAPABILITIES, SeatId, VisitId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SfuServer } from './server.ts';
import { startTestSfu, TestSignaling } from './testing/test-sfu.ts';

let sfu: SfuServer;
let isRunning = true;

beforeEach(async () => {
  sfu = await startTestSfu({ workers: 2, isRunning: () => isRunning });
});
afterEach(() => sfu.close());

test('readiness ends when a stop begins, health does not', async () => {
  expect((await fetch(`${sfu.url}/readyz`)).status).toBe(200);
  isRunning = false;
  expect((await fetch(`${sfu.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${sfu.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${sfu.url}/elsewhere`)).status).toBe(404);
});

test('metrics count what is there and what each worker costs', async () => {
  const signaling = await TestSignaling.connect(sfu.url);
  await signaling.ask('seat:open', {
    roomId: VisitId.parse(randomUUID()),
    seatId: SeatId.parse(randomUUID()),
    rtpCapabilities: ROUTER_RTP_CAPABILITIES,
  });
  const text = await (await fetch(`${sfu.url}/metrics`)).text();
  expect(text).toContain('careconnect_sfu_rooms{service="sfu"} 1');
  expect(text).toContain('careconnect_sfu_seats{service="sfu"} 1');
  expect(text).toContain('careconnect_sfu_workers{service="sfu"} 2');
  expect(
    text.match(/careconnect_sfu_worker_cpu_seconds\{worker="[01]",service="sfu"\} 0\.\d+/g),
  ).toHaveLength(2);
  signaling.close();
});
