import { expect, test } from 'vitest';
import { DTLS_PARAMETERS } from '../../testing/rtp-parameters.ts';
import { aPair, aSeat, idsOf, useTestVisits } from '../../testing/test-visits.ts';

const visits = useTestVisits();

test('transports connect once, and ICE restarts give new credentials', async () => {
  const seat = aSeat();
  const { send } = await visits.open(seat);
  const connect = { ...seat, direction: 'send', dtlsParameters: DTLS_PARAMETERS } as const;
  await visits.signaling.ask('transport:connect', connect);
  await expect(visits.signaling.ask('transport:connect', connect)).rejects.toThrow('MEDIA_REFUSED');
  const { iceParameters } = await visits.signaling.ask('transport:restart-ice', {
    ...seat,
    direction: 'send',
  });
  expect(iceParameters.usernameFragment).not.toBe(send.iceParameters.usernameFragment);
});

test('opening again replaces the seat: those who saw it lose its tracks, and it can enter anew', async () => {
  const { doctor, patient } = await visits.aVisit();
  const replaced = await visits.open(doctor);
  expect((await visits.signaling.event('consumer:closed')).seatId).toBe(patient.seatId);
  expect(visits.sfu.counts()).toMatchObject({ seats: 2, producers: 2, consumers: 0 });

  await visits.signaling.ask('transport:connect', {
    ...doctor,
    direction: 'recv',
    dtlsParameters: DTLS_PARAMETERS,
  });
  const { consumers } = await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(consumers.map(({ seatId }) => seatId)).toEqual([doctor.seatId, doctor.seatId]);
  expect(replaced.warmUp.dataProducerId).toBeTruthy();
});

test('a seat whose browser still has its ends keeps them, and all that flows', async () => {
  const [doctor, patient] = aPair();
  const [mine, theirs] = await Promise.all([visits.open(doctor), visits.open(patient)]);
  await Promise.all([visits.produceBoth(doctor), visits.produceBoth(patient)]);
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const { consumers } = await visits.signaling.ask('seat:enter', { ...patient, isHeld: false });

  const { send, recv } = mine;
  expect(await visits.ask(doctor, idsOf(mine))).toMatchObject({
    transports: { send, recv },
    isEntered: true,
  });
  const again = await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  const sorted = (list: typeof consumers) => list.map(({ consumer }) => consumer.id).sort();
  expect(sorted(again.consumers)).toEqual(sorted(consumers));

  const replaced = await visits.ask(patient, idsOf(mine));
  expect(replaced.isEntered, 'nobody gets transports of someone else').toBe(false);
  expect([idsOf(mine), idsOf(theirs)]).not.toContainEqual(idsOf(replaced.transports));
  await expect.poll(() => visits.sfu.counts()).toMatchObject({ seats: 2, producers: 2, consumers: 0 });
});

test('the last of several openings of one seat is the one that stays', async () => {
  const seat = aSeat();
  const openings = await Promise.all([visits.open(seat), visits.open(seat), visits.open(seat)]);
  expect(visits.sfu.counts()).toMatchObject({ seats: 1 });
  expect(new Set(openings.map(({ send }) => send.id)).size).toBe(3);
  const [, , last] = openings;
  expect((await visits.ask(seat, idsOf(last))).transports).toEqual(last);
});

test('closing is harmless when repeated, also for rooms and seats that never were', async () => {
  const { doctor } = await visits.aVisit();
  await visits.signaling.ask('seat:close', doctor);
  await visits.signaling.ask('seat:close', doctor);
  await visits.signaling.ask('room:close', { roomId: doctor.roomId });
  await visits.signaling.ask('room:close', { roomId: doctor.roomId });
  await visits.signaling.ask('seat:close', aSeat());
  await expect(visits.signaling.ask('seat:enter', { ...doctor, isHeld: false })).rejects.toThrow(
    'MEDIA_REFUSED',
  );
});

test('closing a room that is just being made leaves nothing behind', async () => {
  const seat = aSeat();
  const [opening] = await Promise.allSettled([
    visits.open(seat),
    visits.signaling.ask('room:close', { roomId: seat.roomId }),
  ]);
  expect(opening.status).toBe('rejected');
  expect(visits.sfu.counts()).toEqual({ rooms: 0, seats: 0, producers: 0, consumers: 0 });
});

test('a room whose last seat has closed goes by itself, and nothing is left in the worker', async () => {
  const { doctor, patient } = await visits.aVisit();
  await Promise.all([
    visits.signaling.ask('seat:close', doctor),
    visits.signaling.ask('seat:close', patient),
  ]);
  await expect.poll(() => visits.sfu.counts()).toEqual({ rooms: 0, seats: 0, producers: 0, consumers: 0 });
  const [worker] = visits.sfu.workers;
  expect(worker?.roomCount).toBe(0);
  const dump = await worker?.dump();
  expect(dump?.routerIds).toEqual([]);
  expect(dump?.channelMessageHandlers.channelRequestHandlers).toEqual(dump?.webRtcServerIds);
});
