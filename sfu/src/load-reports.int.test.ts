import { ROUTER_RTP_CAPABILITIES, SeatId, VisitId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { heard, startTestSfu, TestSignaling } from './testing/test-sfu.ts';

test('whoever connects hears what the node carries, and again as it changes', async () => {
  const sfu = await startTestSfu({ node: 'north', workers: 2, loadEveryMs: 50 });
  const signaling = await TestSignaling.connect(sfu.url);
  expect(await signaling.event('node:load')).toMatchObject({ node: 'north', isDraining: false, rooms: 0 });

  await signaling.ask('seat:open', {
    roomId: VisitId.parse(randomUUID()),
    seatId: SeatId.parse(randomUUID()),
    rtpCapabilities: ROUTER_RTP_CAPABILITIES,
  });
  await heard(signaling.socket, 'node:load');
  const load = await heard(signaling.socket, 'node:load');
  expect(load).toMatchObject({ rooms: 1, seats: 1, workers: [{ index: 0 }, { index: 1 }] });
  expect(load).toHaveProperty('workers.0.cpuShare', expect.any(Number));
  signaling.close();
  await sfu.close();
});

test('a node that is about to stop says that it takes nothing new', async () => {
  let isRunning = true;
  const sfu = await startTestSfu({ loadEveryMs: 50, isRunning: () => isRunning });
  const signaling = await TestSignaling.connect(sfu.url);
  isRunning = false;
  await heard(signaling.socket, 'node:load');
  expect(await heard(signaling.socket, 'node:load')).toMatchObject({ isDraining: true });
  signaling.close();
  await sfu.close();
});
