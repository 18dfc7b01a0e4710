import { closeServer, listen } from '@careconnect/platform';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { SEATS_ON_A_WORKER } from '../media/rooms/room-parts.ts';
import type { SfuServer } from '../server.ts';
import { startSfuProcess } from '../testing/sfu-process.ts';
import { startTestNode, untilSiblings, useTestNodes } from '../testing/test-nodes.ts';
import { TestSignaling } from '../testing/test-sfu.ts';
import { aSeat, openSeat } from '../testing/test-visits.ts';

const NOTHING = { rooms: 0, seats: 0, producers: 0, consumers: 0 };
const nodes = useTestNodes();

/** A room that is lost is lost once, and opens anew where there is anything left. */
async function expectLostOnce(home: SfuServer, signaling: TestSignaling, roomId: string): Promise<void> {
  expect(await signaling.event('room:lost')).toEqual({ roomId });
  expect(home.counts()).toEqual(NOTHING);
  await openSeat(signaling, aSeat());
  expect(signaling.seen('room:lost')).toHaveLength(1);
  expect(home.counts()).toMatchObject({ rooms: 1, seats: 1 });
}

async function aRoomOnBoth(signaling = nodes.signaling): Promise<string> {
  const { roomId } = aSeat();
  for (let seat = 0; seat <= SEATS_ON_A_WORKER; seat += 1) await openSeat(signaling, aSeat(roomId));
  return roomId;
}

test('a worker that dies on the other node costs the room, and leaves nothing there', async () => {
  const roomId = await aRoomOnBoth();
  process.kill(nodes.other.workers[0]?.pid ?? 0, 'SIGKILL');
  await expectLostOnce(nodes.home, nodes.signaling, roomId);
  expect(nodes.other.counts()).toEqual(NOTHING);
});

test('a worker that dies at home leaves nothing on the other node', async () => {
  const roomId = await aRoomOnBoth();
  process.kill(nodes.home.workers[0]?.pid ?? 0, 'SIGKILL');
  await expectLostOnce(nodes.home, nodes.signaling, roomId);
  await expect.poll(() => nodes.other.counts()).toEqual(NOTHING);
});

test('a node that is to carry nothing gives back what it has of others, and takes nothing more', async () => {
  const roomId = await aRoomOnBoth();
  await nodes.other.drain();
  await expectLostOnce(nodes.home, nodes.signaling, roomId);
  await untilSiblings(nodes.home, 0);
  await aRoomOnBoth();
  expect(nodes.other.counts()).toEqual(NOTHING);
});

test('a node that is killed costs the room once, and is used again when it is back', async () => {
  const port = await freePort();
  const killed = await startSfuProcess(port, { SFU_NODE: 'killed' });
  const home = await startTestNode('home', { siblings: [`http://127.0.0.1:${port}`] });
  const signaling = await TestSignaling.connect(home.url);
  await untilSiblings(home);
  const roomId = await aRoomOnBoth(signaling);
  expect(home.counts().seats).toBe(SEATS_ON_A_WORKER);
  await killed.kill();
  await expectLostOnce(home, signaling, roomId);
  const back = await startSfuProcess(port, { SFU_NODE: 'killed' });
  await untilSiblings(home);
  await back.kill();
  signaling.close();
  await home.close();
}, 30_000);

test('a home that is killed leaves nothing on the other node', async () => {
  const port = await freePort();
  const home = await startSfuProcess(port, { SFU_NODE: 'doomed', SFU_SIBLINGS: nodes.other.url });
  const signaling = await TestSignaling.connect(`http://127.0.0.1:${port}`);
  await untilSiblings({ url: `http://127.0.0.1:${port}` });
  await aRoomOnBoth(signaling);
  expect(nodes.other.counts()).toMatchObject({ rooms: 1, seats: 1 });
  await home.kill();
  await expect.poll(() => nodes.other.counts()).toEqual(NOTHING);
  signaling.close();
}, 20_000);

test('a node that is told of itself does not take itself for another', async () => {
  const port = await freePort();
  const home = await startTestNode('alone', { port, siblings: [`http://127.0.0.1:${port}`] });
  const signaling = await TestSignaling.connect(home.url);
  await aRoomOnBoth(signaling);
  expect(home.counts()).toMatchObject({ rooms: 1, seats: SEATS_ON_A_WORKER + 1 });
  signaling.close();
  await home.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server, 0, '127.0.0.1');
  await closeServer(server);
  return port;
}
