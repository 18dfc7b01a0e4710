import { ROUTER_RTP_CAPABILITIES } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { startTestWorker } from '../../testing/test-worker.ts';

/** Pages load their Device from the constant, before they have spoken to any server. */
test("the contract's capabilities are the router's", async () => {
  const worker = await startTestWorker();
  const router = await worker.createRouter();
  expect(ROUTER_RTP_CAPABILITIES).toEqual(router.rtpCapabilities);
  await worker.close();
});
