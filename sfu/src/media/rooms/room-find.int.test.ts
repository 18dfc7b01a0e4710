import { VisitId } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectNatively } from '../../testing/native-browser.ts';
import { heard } from '../../testing/test-sfu.ts';
import { aSeat, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();

test('the node knows its rooms, also one that is just being made, and no others', async () => {
  const [here, elsewhere] = [aSeat(), VisitId.parse(randomUUID())];
  const opening = visits.open(here);
  const { held } = await visits.signaling.ask('room:find', { roomIds: [here.roomId, elsewhere] });
  expect(held).toEqual([{ roomId: here.roomId, connected: 0 }]);
  await opening;
  expect(visits.sfu.counts().rooms).toBe(1);
});

test('the node knows in which of its rooms people are', async () => {
  const seat = aSeat();
  const { recv } = await visits.open(seat);
  await visits.open(aSeat(seat.roomId));
  const browser = await connectNatively(recv);
  const { dtlsParameters } = browser;
  await visits.signaling.ask('transport:connect', { ...seat, direction: 'recv', dtlsParameters });
  await browser.connected;
  const find = async () => (await visits.signaling.ask('room:find', { roomIds: [seat.roomId] })).held;
  await expect.poll(find).toEqual([{ roomId: seat.roomId, connected: 1 }]);
  browser.close();
});

test('a room that ends says so, whether it was to end or everybody has gone', async () => {
  const [closed, left] = [aSeat(), aSeat()];
  for (const seat of [closed, left]) await visits.open(seat);
  const first = heard(visits.signaling.socket, 'room:closed');
  await visits.signaling.ask('room:close', { roomId: closed.roomId });
  expect(await first).toEqual({ roomId: closed.roomId });
  const second = heard(visits.signaling.socket, 'room:closed');
  await visits.signaling.ask('seat:close', left);
  expect(await second).toEqual({ roomId: left.roomId });
});
