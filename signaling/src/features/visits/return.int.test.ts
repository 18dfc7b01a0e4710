import type { Welcome } from '@careconnect/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothInRoom, endsOf, factsAbout, produce } from '../../testing/both-in-room.ts';
import { clinicOnMedia } from '../../testing/clinic-on-media.ts';
import { Harness } from '../../testing/harness.ts';
import { RealSfu } from '../../testing/real-sfu.ts';

describe('someone who was in the room comes back while the visit is on hold', () => {
  let clinic: Harness;
  clinicOnMedia((started) => (clinic = started));

  test.each([
    ['with the same transports', (welcome: Welcome) => ({ keep: welcome })],
    ['with new ones', () => ({})],
    ['for words only', () => ({ wordsOnly: true })],
    ['after signaling was killed', (welcome: Welcome) => ({ keep: welcome }), true],
  ])(
    '%s: they wait outside, the others know, and nothing of them is shown',
    async (_how, options, isKilled = false) => {
      const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
      await produce(patient);
      const [shown] = (await doctor.event('consumer:added')).consumers;
      await clinic.change(visit, 'on_hold');
      await patient.event('visit:state');
      if (isKilled) await clinic.replaceServer();
      const host = isKilled ? await clinic.sit(visit.host, { keep: welcomes.doctor }) : doctor;
      if (isKilled) await host.event('welcome');

      const back = await clinic.sit(visit.patient, { takeOver: true, ...options(welcomes.patient) });
      const { phase, room, transports } = await back.event('welcome');
      expect({ phase, room }).toEqual({ phase: 'waiting', room: null });
      expect(transports?.send.id).not.toBe(welcomes.patient.transports?.send.id);
      const { seatId } = visit.patient;
      expect(await host.event('peer:left')).toEqual({ seatId });
      expect(await host.event('consumer:closed')).toEqual({ consumerId: shown?.id });
      await produce(host);
      await expect.poll(() => factsAbout(clinic, seatId)).toContain('seat.left');
      expect(back.names, 'outside nothing is watched either').not.toContain('consumer:added');

      await clinic.change(visit, 'in_progress');
      expect(await back.event('seat:admitted')).toMatchObject({ peers: [{ seatId: visit.host.seatId }] });
      expect(await host.event('peer:joined')).toMatchObject({ seatId });
    },
  );
});

describe('signaling is killed, and the SFU is not', () => {
  let sfu: RealSfu;
  let clinic: Harness;
  beforeEach(async () => {
    sfu = await RealSfu.start();
    clinic = await Harness.start({ sfuUrls: [sfu.url], graceMs: 1_000 });
  });
  afterEach(async () => {
    await clinic.close();
    await sfu.close();
  });

  test('people come back one by one to media that has gone on, and nobody joins twice', async () => {
    const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
    await Promise.all([produce(doctor), produce(patient)]);
    const [ofDoctor, ofPatient] = await Promise.all([
      patient.event('consumer:added'),
      doctor.event('consumer:added'),
    ]);
    await clinic.replaceServer();

    const first = await clinic.sit(visit.host, { keep: welcomes.doctor });
    const welcome = await first.event('welcome');
    expect(welcome).toMatchObject({ phase: 'in_room', transports: endsOf(welcomes.doctor) });
    expect(welcome.room).toMatchObject({ peers: [], returning: [visit.patient.seatId], ...ofPatient });

    const second = await clinic.sit(visit.patient, { keep: welcomes.patient });
    expect((await second.event('welcome')).room).toMatchObject({
      peers: [{ seatId: visit.host.seatId, isConnected: true }],
      returning: [],
      ...ofDoctor,
    });
    expect(await first.event('peer:joined')).toMatchObject({ seatId: visit.patient.seatId });
    await first.ask('seat:leave', {});
    expect(await second.event('peer:left')).toEqual({ seatId: visit.host.seatId });
    for (const page of [first, second]) {
      expect(page.names).not.toContain('consumer:added');
      expect(page.names).not.toContain('media:lost');
    }
    await expect.poll(() => factsAbout(clinic, visit.host.seatId)).toContain('seat.left');
    expect(factsAbout(clinic, visit.patient.seatId).filter((type) => type === 'seat.joined')).toHaveLength(1);
  });

  test('who comes back with new transports is still where they were', async () => {
    const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
    await Promise.all([produce(doctor), produce(patient)]);
    await clinic.replaceServer();
    const first = await clinic.sit(visit.host, { keep: welcomes.doctor });
    await first.event('welcome');
    const reloaded = await clinic.sit(visit.patient, { previous: welcomes.patient });
    const welcome = await reloaded.event('welcome');
    expect(welcome).toMatchObject({ phase: 'in_room', room: { peers: [{ seatId: visit.host.seatId }] } });
    expect(welcome.room?.consumers).toHaveLength(1);
    expect(await first.event('peer:joined')).toMatchObject({ seatId: visit.patient.seatId });
    await first.event('consumer:closed');
  });

  test('who was in the lobby is in the lobby still, whoever is back before them', async () => {
    const visit = clinic.api.add({ state: 'in_progress' });
    const doctor = await clinic.sit(visit.host);
    const welcome = await doctor.event('welcome');
    await doctor.ask('seat:join', {});
    await produce(doctor);
    const patient = await clinic.sit(visit.patient);
    const lobby = await patient.event('welcome');
    expect(lobby.prepared).toHaveLength(1);
    await clinic.replaceServer();

    const first = await clinic.sit(visit.host, { keep: welcome });
    expect((await first.event('welcome')).room).toMatchObject({ returning: [] });
    const second = await clinic.sit(visit.patient, { keep: lobby });
    expect(await second.event('welcome')).toMatchObject({
      phase: 'lobby',
      room: null,
      prepared: lobby.prepared,
    });
    expect(first.names).not.toContain('peer:joined');
    expect(factsAbout(clinic, visit.patient.seatId)).not.toContain('seat.joined');
  });

  test('who does not come back has left, and is no longer shown', async () => {
    const { visit, doctor, patient, welcomes } = await bothInRoom(clinic);
    await Promise.all([produce(doctor), produce(patient)]);
    await clinic.replaceServer();
    const first = await clinic.sit(visit.host, { keep: welcomes.doctor });
    const { room } = await first.event('welcome');
    const { seatId } = visit.patient;
    expect(await first.event('peer:left')).toEqual({ seatId });
    expect(await first.event('consumer:closed')).toEqual({ consumerId: room?.consumers[0]?.id });
    await expect.poll(() => factsAbout(clinic, seatId)).toContain('seat.left');
  });
});
