import { expect, test } from 'vitest';
import { bothInRoom, shareScreen } from '../../testing/both-in-room.ts';
import { clinicOnMedia } from '../../testing/clinic-on-media.ts';
import type { Harness } from '../../testing/harness.ts';
import { camera } from '../../testing/rtp.ts';

let clinic: Harness;

const SCREEN = { kind: 'video', source: 'screen', paused: false } as const;

clinicOnMedia((started) => (clinic = started));

test('a screen is shown by one person at a time, until they stop', async () => {
  const { doctor, patient } = await bothInRoom(clinic);
  const producerId = await shareScreen(doctor);
  expect((await patient.event('consumer:added')).consumers).toMatchObject([{ source: 'screen' }]);
  const offer = { ...SCREEN, rtpParameters: camera('8') };
  expect(await patient.refusal('producer:create', offer)).toBe('SCREEN_TAKEN');
  await doctor.ask('producer:close', { producerId });
  await patient.event('consumer:closed');
  await shareScreen(patient);
  expect((await doctor.event('consumer:added')).consumers).toMatchObject([{ source: 'screen' }]);
});

test('of two who show their screens at the same moment one is refused', async () => {
  const { doctor, patient } = await bothInRoom(clinic);
  const offer = { ...SCREEN, rtpParameters: camera('8') };
  const codes = await Promise.all([doctor, patient].map((page) => page.refusal('producer:create', offer)));
  expect(codes.toSorted()).toEqual(['SCREEN_TAKEN', 'not refused']);
});

test('a hold pauses a screen, and its end lets it go on', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  await shareScreen(doctor);
  const [consumer] = (await patient.event('consumer:added')).consumers;
  await clinic.change(visit, 'on_hold');
  expect(await patient.event('consumer:paused')).toEqual({
    consumerId: consumer?.id,
    isProducerPaused: true,
  });
  await clinic.change(visit, 'in_progress');
  expect(await patient.event('consumer:paused')).toEqual({
    consumerId: consumer?.id,
    isProducerPaused: false,
  });
});

test('a guest is seen and heard, and shows no screen', async () => {
  const visit = clinic.api.add({ state: 'in_progress', guests: 1 });
  const [person] = visit.guests;
  if (!person) throw new Error('nobody came along');
  const guest = await clinic.sit(person);
  await guest.event('welcome');
  await guest.ask('seat:join', {});
  const offer = { ...SCREEN, rtpParameters: camera() };
  expect(await guest.refusal('producer:create', offer)).toBe('SOURCE_NOT_ALLOWED');
  await guest.ask('producer:create', { ...offer, source: 'camera' });
});

test('nobody sends more than their place allows, and no screen from the lobby', async () => {
  const { doctor } = await bothInRoom(clinic);
  const { encodings: [encoding] = [], ...parameters } = camera();
  const rtpParameters = { ...parameters, encodings: [{ ...encoding, maxBitrate: 20_000_000 }] };
  expect(await doctor.refusal('producer:create', { ...SCREEN, rtpParameters })).toBe('SOURCE_NOT_ALLOWED');

  const lobby = await clinic.sit(clinic.api.add({ state: 'in_progress' }).host);
  await lobby.event('welcome');
  const offer = { ...SCREEN, rtpParameters: camera(), paused: true };
  expect(await lobby.refusal('producer:create', offer)).toBe('MEDIA_REFUSED');
});
