import { SeatId, type Receiver } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { receiverWords } from './receiver-words.ts';

const seatId = SeatId.parse(crypto.randomUUID());

it.each<[Receiver['sources'], string]>([
  [['camera', 'microphone'], 'Sees and hears you'],
  [['microphone'], 'Hears you'],
  [['camera'], 'Sees you'],
  [['screen'], 'Does not see or hear you now'],
])('says of who gets %s: %s', (sources, words) => {
  expect(receiverWords([{ seatId, sources }], seatId)).toBe(words);
});

it('says so of someone who gets nothing, and nothing while it is not known', () => {
  expect(receiverWords([], seatId)).toBe('Does not see or hear you now');
  expect(receiverWords(null, seatId)).toBeNull();
});
