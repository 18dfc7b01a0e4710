import { SeatId, type MediaSource } from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ScreenTurn } from './screen-turn.ts';

const [DOCTOR, PATIENT] = [SeatId.parse(randomUUID()), SeatId.parse(randomUUID())];

it('refuses a second person while the first shows a screen, and not the first themselves', async () => {
  const { turn, show } = aRoom();
  await turn.take(DOCTOR, show(DOCTOR));
  await expect(turn.take(PATIENT, show(PATIENT))).rejects.toMatchObject({ code: 'SCREEN_TAKEN' });
  await turn.take(DOCTOR, show(DOCTOR));
});

it('refuses the second of two who begin at the same moment', async () => {
  const { turn, show } = aRoom();
  const first = turn.take(DOCTOR, show(DOCTOR));
  await expect(turn.take(PATIENT, show(PATIENT))).rejects.toMatchObject({ code: 'SCREEN_TAKEN' });
  await first;
});

it('is free again when the first has stopped, or has not come to show anything', async () => {
  const { turn, show, stop } = aRoom();
  await turn.take(DOCTOR, show(DOCTOR));
  stop(DOCTOR);
  await turn.take(PATIENT, show(PATIENT));
  stop(PATIENT);
  const broken = turn.take(DOCTOR, () => Promise.reject(new Error('no such codec')));
  await expect(broken).rejects.toThrow('no such codec');
  await turn.take(PATIENT, show(PATIENT));
});

function aRoom() {
  const tracks = new Map<SeatId, { source: MediaSource }[]>([
    [DOCTOR, [{ source: 'camera' }]],
    [PATIENT, [{ source: 'camera' }]],
  ]);
  const turn = new ScreenTurn(() => [...tracks].map(([id, own]) => ({ id, tracks: own })));
  return {
    turn,
    show: (id: SeatId) => async () => {
      await Promise.resolve();
      tracks.get(id)?.push({ source: 'screen' });
    },
    stop: (id: SeatId) => tracks.set(id, [{ source: 'camera' }]),
  };
}
