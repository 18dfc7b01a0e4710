import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SfuServer } from '../../server.ts';
import { connectNatively, type NativeBrowser } from '../../testing/native-browser.ts';
import { startTestSfu, TestSignaling } from '../../testing/test-sfu.ts';
import { aSeat, openSeat, type TestSeat } from '../../testing/test-visits.ts';

let sfu: SfuServer;
let signaling: TestSignaling;
let browser: NativeBrowser | null = null;

beforeEach(async () => {
  sfu = await startTestSfu({ abandonAfterMs: 1_000 });
  signaling = await TestSignaling.connect(sfu.url);
});
afterEach(async () => {
  browser?.close();
  browser = null;
  signaling.close();
  await sfu.close();
});

test('a receiving transport connects in the lobby, with the warm-up channel and nothing else', async () => {
  const { connected } = await connect(aSeat());
  await expect(connected).resolves.toBeUndefined();
});

test('a seat that nobody has connected to is given up, a connected one is kept', async () => {
  const [kept, abandoned] = [aSeat(), aSeat()];
  const { connected } = await connect(kept);
  await connected;
  await openSeat(signaling, abandoned);
  expect(sfu.counts().seats).toBe(2);
  await expect.poll(() => sfu.counts().seats, { timeout: 5_000 }).toBe(1);
  await expect(signaling.ask('seat:enter', { ...abandoned, isHeld: false })).rejects.toThrow('MEDIA_REFUSED');
  await signaling.ask('seat:enter', { ...kept, isHeld: false });
});

async function connect(seat: TestSeat): Promise<NativeBrowser> {
  const { recv } = await openSeat(signaling, seat);
  browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await signaling.ask('transport:connect', { ...seat, direction: 'recv', dtlsParameters });
  return browser;
}
