import type { SeatId } from '@careconnect/contracts';
import { createLogger } from '@careconnect/platform';
import { beforeEach, expect, test } from 'vitest';
import { startOpusSender, type OpusSender } from '../../testing/opus-sender.ts';
import { useTwoParts } from '../../testing/two-parts.ts';
import { SpeakerWatch } from './speaker-watch.ts';

const parts = useTwoParts();
let senders: readonly OpusSender[];
let told: SeatId[];

beforeEach(async () => {
  told = [];
  const { near, far } = parts;
  senders = await Promise.all([near, near, far].map(({ router }) => startOpusSender(router)));
});

function watch(people: readonly OpusSender[]): SpeakerWatch {
  const speaker = new SpeakerWatch({
    part: () => parts.near,
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
  const { rtpObserverIds } = await parts.near.router.dump();
  expect(rtpObserverIds).toEqual([]);
});
