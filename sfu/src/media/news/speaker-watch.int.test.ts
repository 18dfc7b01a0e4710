import type { SeatId } from '@careconnect/contracts';
import { createLogger } from '@careconnect/platform';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startOpusSender, type OpusSender } from '../../testing/opus-sender.ts';
import { startTestWorker } from '../../testing/test-worker.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { RoomPart } from '../workers/room-part.ts';
import { SpeakerWatch } from './speaker-watch.ts';

let workers: readonly MediaWorker[];
let parts: readonly RoomPart[];
let senders: readonly OpusSender[];
let told: SeatId[];

beforeAll(async () => {
  workers = await Promise.all([0, 1].map((index) => startTestWorker(index)));
});
afterAll(() => Promise.all(workers.map((worker) => worker.close())));

beforeEach(async () => {
  told = [];
  parts = await Promise.all(workers.map((worker) => RoomPart.create(worker)));
  const [first, second] = parts as [RoomPart, RoomPart];
  const routers = [first.router, first.router, second.router];
  senders = await Promise.all(routers.map((router) => startOpusSender(router)));
});
afterEach(() => {
  for (const sender of senders) sender.stop();
  for (const part of parts) part.close();
});

function watch(people: readonly OpusSender[]): SpeakerWatch {
  const [first] = parts as [RoomPart];
  const speaker = new SpeakerWatch({
    part: () => first,
    inside: () => people.map(({ track }) => ({ tracks: [track] })),
    onSpeaker: (seatId) => told.push(seatId),
    log: createLogger({ name: 'test', level: 'silent' }),
  });
  speaker.look();
  return speaker;
}

function only(speaker: OpusSender): SeatId {
  for (const sender of senders) sender.speak(sender === speaker);
  return speaker.track.seatId;
}

test('whoever speaks is told, on whichever worker they are, and again when it is their turn again', async () => {
  const watching = watch(senders);
  const [near, , far] = senders as [OpusSender, OpusSender, OpusSender];
  for (const speaker of [near, far, near]) {
    const seatId = only(speaker);
    await expect.poll(() => told.at(-1), { timeout: 10_000 }).toBe(seatId);
  }
  told = [];
  watching.remind();
  expect(told).toEqual([near.track.seatId]);
});

test('of two nobody is told', async () => {
  const [one, other] = senders as [OpusSender, OpusSender];
  watch([one, other]);
  const [first] = parts as [RoomPart];
  const { rtpObserverIds } = await first.router.dump();
  expect(rtpObserverIds).toEqual([]);
});
