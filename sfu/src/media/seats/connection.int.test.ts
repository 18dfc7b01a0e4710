import { afterEach, expect, test } from 'vitest';
import { connectNatively, type NativeBrowser } from '../../testing/native-browser.ts';
import { useTestSfu } from '../../testing/test-sfu.ts';
import { aSeat, openSeat, type TestSeat } from '../../testing/test-visits.ts';

const node = useTestSfu({ abandonAfterMs: 1_000 });
let browser: NativeBrowser | null = null;

afterEach(() => {
  browser?.close();
  browser = null;
});

test('a receiving transport connects in the lobby, with the warm-up channel and nothing else', async () => {
  const { connected } = await connect(aSeat());
  await expect(connected).resolves.toBeUndefined();
});

test('a seat that nobody has connected to is given up, a connected one is kept', async () => {
  const [kept, abandoned] = [aSeat(), aSeat()];
  const { connected } = await connect(kept);
  await connected;
  await openSeat(node.signaling, abandoned);
  expect(node.sfu.counts().seats).toBe(2);
  await expect.poll(() => node.sfu.counts().seats, { timeout: 5_000 }).toBe(1);
  await expect(node.signaling.ask('seat:enter', { ...abandoned, isHeld: false })).rejects.toThrow(
    'MEDIA_REFUSED',
  );
  await node.signaling.ask('seat:enter', { ...kept, isHeld: false });
});

async function connect(seat: TestSeat): Promise<NativeBrowser> {
  const { recv } = await openSeat(node.signaling, seat);
  browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await node.signaling.ask('transport:connect', { ...seat, direction: 'recv', dtlsParameters });
  return browser;
}
