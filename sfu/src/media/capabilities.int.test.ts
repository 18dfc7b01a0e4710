import { ROUTER_RTP_CAPABILITIES } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { MediaWorker } from './media-worker.ts';

/** Pages load their Device from the constant, before they have spoken to any server. */
test("the contract's capabilities are the router's", async () => {
  const worker = await MediaWorker.create({
    index: 0,
    rtc: { listenIp: '127.0.0.1' },
    onDied: (_worker, error) => expect.unreachable(error.message),
  });
  const router = await worker.createRouter();
  expect(ROUTER_RTP_CAPABILITIES).toEqual(router.rtpCapabilities);
  await worker.close();
});
