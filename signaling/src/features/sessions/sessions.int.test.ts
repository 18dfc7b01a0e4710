import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionId } from '@careconnect/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothInRoom, factsAbout, produce } from '../../testing/both-in-room.ts';
import { aSession, type TestVisit } from '../../testing/clinic.ts';
import { deskTicket, Harness, seatTicket, type DeskPerson } from '../../testing/harness.ts';
import { RealSfu } from '../../testing/real-sfu.ts';

describe('a session that ends', () => {
  let clinic: Harness;
  beforeEach(async () => {
    clinic = await Harness.start();
  });
  afterEach(() => clinic.close());

  test('takes its person out of the room, and the visit goes on', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    await end(clinic, visit.patient.sessionId);
    expect(await patient.event('session:ended')).toEqual({});
    expect(await patient.ended()).toBe('io server disconnect');
    expect(await doctor.event('peer:left')).toEqual({ seatId: visit.patient.seatId });
    expect(doctor.names).not.toContain('peer:connection');
    await doctor.ask('chat:send', { clientMessageId: randomUUID(), body: 'Where are you?' });
    await expect
      .poll(() => factsAbout(clinic, visit.patient.seatId))
      .toEqual(['seat.connected', 'seat.joined', 'seat.disconnected', 'seat.left']);

    const back = await clinic.sit({ ...visit.patient, sessionId: aSession() });
    const { self, phase, mayJoin } = await back.event('welcome');
    expect({ self: self.seatId, phase, mayJoin }).toEqual({
      self: visit.patient.seatId,
      phase: 'lobby',
      mayJoin: true,
    });
    await back.ask('seat:join', {});
    expect((await doctor.event('peer:joined')).seatId).toBe(visit.patient.seatId);
  });

  test('ends the waiting of its person too, in every visit', async () => {
    const sessionId = aSession();
    const visits = [clinic.api.add(), clinic.api.add()];
    const pages = await Promise.all(visits.map(({ patient }) => clinic.sit({ ...patient, sessionId })));
    for (const page of pages) {
      await page.event('welcome');
      await page.ask('seat:check-in', {});
    }
    await end(clinic, sessionId);
    for (const page of pages) expect(await page.ended()).toBe('io server disconnect');
  });

  test('closes the desk, and no other', async () => {
    const visit = clinic.api.add({ state: 'waiting' });
    const { practitionerId } = visit;
    const sessionId = aSession();
    const [desk, colleague] = [
      await clinic.watch({ ...adminOf(visit), sessionId }),
      await clinic.watch(adminOf(visit)),
    ];
    for (const page of [desk, colleague]) await page.ask('queue:watch', { practitionerId });
    await end(clinic, sessionId);
    expect(await desk.event('session:ended')).toEqual({});
    expect(await desk.ended()).toBe('io server disconnect');
    await clinic.changeQueue(visit, 1);
    await colleague.event('queue:changed');
    expect(desk.names).toEqual(['session:ended']);
  });

  test('does not touch someone who has taken the seat over from another session', async () => {
    const { visit, doctor } = await bothInRoom(clinic);
    const phone = await clinic.sit({ ...visit.patient, sessionId: aSession() }, { takeOver: true });
    await phone.event('welcome');
    await end(clinic, visit.patient.sessionId);
    const sent = await doctor.ask('chat:send', { clientMessageId: randomUUID(), body: 'Better' });
    expect(await phone.event('chat:message')).toEqual(sent);
    expect(phone.names).not.toContain('session:ended');
  });

  test('does not keep the seat of someone whose connection broke just before', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    patient.cut();
    await doctor.event('peer:connection');
    await end(clinic, visit.patient.sessionId);
    expect(await doctor.event('peer:left')).toEqual({ seatId: visit.patient.seatId });
  });

  test('reaches someone who is only just arriving', async () => {
    const visit = clinic.api.add({ state: 'in_progress' });
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    clinic.api.seatDelay = () => {
      asked.resolve();
      return answer.promise;
    };
    const page = await clinic.sit(visit.patient);
    await asked.promise;
    await end(clinic, visit.patient.sessionId);
    answer.resolve();
    await page.event('session:ended');
    expect(await page.ended()).toBe('io server disconnect');
  });

  test('makes the tickets worthless that were minted in it', async () => {
    const visit = clinic.api.add({ state: 'in_progress' });
    const sessionId = aSession();
    const tickets = {
      seat: await seatTicket({ ...visit.patient, sessionId }),
      desk: await deskTicket({ ...adminOf(visit), sessionId }),
    };
    await end(clinic, sessionId);
    const page = await clinic.sit(visit.patient, { ticket: tickets.seat });
    expect(await page.refused()).toMatchObject({ code: 'SESSION_EXPIRED' });
    const desk = await clinic.watch(adminOf(visit), tickets.desk);
    expect(await desk.refused()).toMatchObject({ code: 'SESSION_EXPIRED' });
  });
});

test('the media of who is sent away is closed', async () => {
  const sfu = await RealSfu.start();
  const clinic = await Harness.start({ sfuUrls: [sfu.url] });
  const { visit, doctor, patient } = await bothInRoom(clinic);
  await produce(patient);
  const [heard] = (await doctor.event('consumer:added')).consumers;
  await end(clinic, visit.patient.sessionId);
  expect(await doctor.event('consumer:closed')).toEqual({ consumerId: heard?.id });
  await clinic.close();
  await sfu.close();
});

describe('a session whose end nobody has told of', () => {
  let clinic: Harness;
  beforeEach(async () => {
    clinic = await Harness.start({ sessionCheckMs: 50 });
  });
  afterEach(() => clinic.close());

  test('is noticed all the same', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    const desk = await clinic.watch({ ...adminOf(visit), sessionId: visit.patient.sessionId });
    await desk.ask('queue:watch', { practitionerId: visit.practitionerId });
    clinic.api.endedSessions.add(visit.patient.sessionId);
    await Promise.all([patient.event('session:ended'), desk.event('session:ended')]);
    await doctor.event('peer:left');
    expect(doctor.names).not.toContain('session:ended');
  });

  test('does not cut anyone off while api is away', async () => {
    const { visit, doctor, patient } = await bothInRoom(clinic);
    clinic.api.outage = 'down';
    // A check may have been under way already, and must not find out.
    await severalChecks(clinic);
    clinic.api.endedSessions.add(visit.patient.sessionId);
    await severalChecks(clinic);
    await patient.ask('chat:since', { afterSequence: 0 });
    expect([...patient.names, ...doctor.names]).not.toContain('session:ended');
    clinic.api.outage = 'none';
    await patient.event('session:ended');
  });
});

test('a visit runs on although its sessions run out by time', async () => {
  let passedMs = 0;
  const clock = { now: () => new Date(Date.now() + passedMs) };
  const clinic = await Harness.start({ clock, sessionCheckMs: 50 });
  const { doctor, patient } = await bothInRoom(clinic);
  passedMs = 400 * 86_400_000;
  await severalChecks(clinic);
  const sent = await doctor.ask('chat:send', { clientMessageId: randomUUID(), body: 'One more thing' });
  expect(await patient.event('chat:message')).toEqual(sent);
  expect([...patient.names, ...doctor.names]).not.toContain('session:ended');
  await clinic.close();
});

async function end(clinic: Harness, sessionId: SessionId): Promise<void> {
  clinic.api.endedSessions.add(sessionId);
  await clinic.push({ type: 'session.ended', sessionId });
}

async function severalChecks({ api }: Harness): Promise<void> {
  const before = api.sessionChecks;
  while (api.sessionChecks < before + 3) await delay(10);
}

function adminOf({ organizationId }: TestVisit): DeskPerson {
  return { organizationId, role: 'admin', practitionerId: null };
}
