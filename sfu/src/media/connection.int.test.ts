import { ROUTER_RTP_CAPABILITIES, SeatId, VisitId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SfuServer } from '../server.ts';
import { connectNatively, type NativeBrowser } from '../testing/native-browser.ts';
import { startTestSfu, TestSignaling } from '../testing/test-sfu.ts';

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
  await open(abandoned);
  expect(sfu.counts().seats).toBe(2);
  await expect.poll(() => sfu.counts().seats, { timeout: 5_000 }).toBe(1);
  await expect(signaling.ask('seat:enter', { ...abandoned, isHeld: false })).rejects.toThrow('MEDIA_REFUSED');
  await signaling.ask('seat:enter', { ...kept, isHeld: false });
});

interface TestSeat {
  readonly roomId: VisitId;
  readonly seatId: SeatId;
}

function aSeat(): TestSeat {
  return { roomId: VisitId.parse(randomUUID()), seatId: SeatId.parse(randomUUID()) };
}

async function open(seat: TestSeat) {
  const asked = { ...seat, rtpCapabilities: ROUTER_RTP_CAPABILITIES };
  return (await signaling.ask('seat:open', asked)).transports;
}

async function connect(seat: TestSeat): Promise<NativeBrowser> {
  const { recv } = await open(seat);
  browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await signaling.ask('transport:connect', { ...seat, direction: 'recv', dtlsParameters });
  return browser;
}
