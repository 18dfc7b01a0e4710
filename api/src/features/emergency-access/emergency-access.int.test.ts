import { endpoints, UNREADABLE_TEXT } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { aVoiceNote, sendAll } from '../attachments/testing/a-note.ts';
import { EMERGENCY_ACCESS_MS } from './emergency-access.ts';
import {
  openChart,
  startChartScene,
  UNCONSCIOUS,
  type ChartScene,
  type Stranger,
} from './testing/a-chart-scene.ts';

const { open, list, review } = endpoints.emergencyAccess;
const { get, identify } = endpoints.patients;
const { record, recordMessages } = endpoints.visits;

let scene: ChartScene;
let admin: TestClient;
let doctor: Stranger;
beforeAll(async () => {
  scene = await startChartScene(inject('postgresUrl'));
});
beforeEach(async () => {
  doctor = await scene.aStranger();
  admin = await scene.api.signIn(scene.clinic.members.admin);
});
afterAll(() => scene.close());

const chart = () => ({ params: { patientId: scene.clinic.patientId } });
const rowsOf = (userId: string) =>
  scene.api.database.prisma.auditEvent.findMany({ where: { actorUserId: userId }, orderBy: { id: 'asc' } });
const accessesOf = ({ practitionerId }: Stranger) =>
  scene.api.database.prisma.emergencyAccess.findMany({ where: { practitionerId } });

describe('a doctor who states a reason', () => {
  test('reads the whole chart, and each reading names the access and its purpose', async () => {
    const { visitId } = await scene.book();
    await scene.checkIn(visitId);
    const note = aVoiceNote(visitId);
    await sendAll(scene.patient, note);
    const visit = { params: { visitId } };
    const ofPatient = { query: { patientId: scene.clinic.patientId } };
    for (const refusal of [
      doctor.client.refused(get, chart()),
      doctor.client.refused(endpoints.visits.get, visit),
      doctor.client.refused(record, visit),
      doctor.client.refused(recordMessages, visit),
      doctor.client.refused(endpoints.quality.get, visit),
      doctor.client.refused(endpoints.attachments.content, { params: note.params }),
    ]) {
      expect((await refusal).code).toBe('CARE_RELATION_NEEDED');
    }
    expect((await doctor.client.call(endpoints.visits.list, ofPatient)).items).toEqual([]);

    const opened = await openChart(scene, doctor.client);
    expect(Date.parse(opened.expiresAt) - Date.parse(opened.openedAt)).toBe(EMERGENCY_ACCESS_MS);
    expect((await doctor.client.call(identify, chart())).emergencyAccess).toEqual(opened);
    await doctor.client.call(get, chart());
    expect((await doctor.client.call(endpoints.visits.list, ofPatient)).items.map(({ id }) => id)).toContain(
      visitId,
    );
    await doctor.client.call(endpoints.visits.get, visit);
    expect((await doctor.client.call(record, visit)).messages).toHaveLength(1);
    await doctor.client.call(recordMessages, visit);
    await doctor.client.call(endpoints.quality.get, visit);
    const { path } = endpoints.attachments.content;
    const content = path.replace(':visitId', visitId).replace(':attachmentId', note.params.attachmentId);
    expect((await doctor.client.send('GET', content)).status).toBe(200);

    const done = (await rowsOf(doctor.userId)).filter(({ outcome, action }) => {
      return outcome === 'success' && !action.startsWith('auth.');
    });
    const purpose = { purposeOfUse: 'BTG', emergencyAccessId: opened.id };
    expect(
      done.map(({ action, detail }) => [
        action,
        Object.entries(purpose).every(([key, value]) => (detail as Record<string, unknown>)[key] === value),
      ]),
    ).toEqual([
      // Before it was open.
      ['visit.list', false],
      ['emergencyAccess.open', true],
      // That tells no more than a search.
      ['patient.search', false],
      ['patient.read', true],
      ['visit.list', true],
      ['visit.read', true],
      ['visit.readRecord', true],
      ['visit.readRecord', true],
      ['visit.readQuality', true],
      ['attachment.read', true],
    ]);
    expect(JSON.stringify(done)).not.toContain(UNCONSCIOUS.reason);
  });

  test('takes no part in a colleague’s visit, and sees nothing without asking for this patient', async () => {
    const { visitId } = await scene.book();
    await scene.checkIn(visitId);
    await openChart(scene, doctor.client);
    const visit = { params: { visitId } };
    for (const command of ['start', 'hold', 'end', 'cancel'] as const) {
      expect((await doctor.client.refused(endpoints.visits[command], visit)).code).toBe('VISIT_NOT_FOUND');
    }
    expect((await doctor.client.refused(endpoints.seats.joinTicket, visit)).code).toBe('VISIT_NOT_YOURS');
    expect((await doctor.client.call(endpoints.visits.list)).items).toEqual([]);
    const other = { params: { patientId: scene.clinic.otherPatientId } };
    expect((await doctor.client.refused(get, other)).code).toBe('CARE_RELATION_NEEDED');
  });

  test('is let in for so long and no longer, and then states a reason again', async () => {
    await openChart(scene, doctor.client);
    scene.api.clock.advance(EMERGENCY_ACCESS_MS - 1);
    const client = await scene.api.signIn(doctor);
    await client.call(get, chart());
    expect((await client.refused(open, { ...chart(), body: UNCONSCIOUS })).code).toBe('CONFLICT');
    scene.api.clock.advance(1);
    expect((await client.refused(get, chart())).code).toBe('CARE_RELATION_NEEDED');
    const again = { category: 'covering' as const, reason: 'Dr Yusuf is away until Friday' };
    await openChart(scene, client, again);
    expect((await client.call(identify, chart())).emergencyAccess).toMatchObject(again);
    expect(await accessesOf(doctor)).toHaveLength(2);
  });

  test('twice at the same moment opens it once, with one row and one letter', async () => {
    const before = scene.api.mails.length;
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        doctor.client.copy().send('POST', `/api/v1/patients/${scene.clinic.patientId}/emergency-access`, {
          body: JSON.stringify(UNCONSCIOUS),
          headers: { 'content-type': 'application/json' },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    await scene.api.settled();
    expect(scene.api.mails).toHaveLength(before + 1);
    const rows = (await rowsOf(doctor.userId)).filter(({ action }) => action === 'emergencyAccess.open');
    expect(rows).toHaveLength(1);
  });

  test('must have proved lately who she is, and have said something', async () => {
    const { client } = doctor;
    for (const body of [
      { category: 'emergency', reason: 'too short' },
      { category: 'emergency', reason: 'x'.repeat(501) },
      { category: 'curious', reason: 'I only wanted to have a look' },
      { category: 'other' },
    ]) {
      const path = `/api/v1/patients/${scene.clinic.patientId}/emergency-access`;
      const headers = { 'content-type': 'application/json' };
      const { status } = await client.send('POST', path, { body: JSON.stringify(body), headers });
      expect(status, JSON.stringify(body)).toBe(400);
    }
    scene.api.clock.advance(11 * 60_000);
    await client.call(endpoints.auth.refreshToken);
    const refused = await client.refused(open, { ...chart(), body: UNCONSCIOUS });
    expect(refused.code).toBe('CONFIRMATION_NEEDED');
    expect(await accessesOf(doctor)).toEqual([]);
  });

  test('opens it for herself alone, and not when she is suspended or a doctor no longer', async () => {
    await openChart(scene, doctor.client);
    const colleague = await scene.aStranger();
    expect((await colleague.client.refused(get, chart())).code).toBe('CARE_RELATION_NEEDED');
    const params = { patientId: scene.foreign.patientId };
    const foreign = await doctor.client.refused(open, { params, body: UNCONSCIOUS });
    expect(foreign.code).toBe('NOT_FOUND');

    const { prisma } = scene.api.database;
    const { organizationId } = scene.clinic;
    const where = { organizationId, userId: doctor.userId };
    for (const data of [{ role: 'pharmacist' }, { role: 'doctor', status: 'suspended' }] as const) {
      await prisma.membership.updateMany({ where, data });
      // Sessions are looked up anew every few seconds.
      scene.api.clock.advance(10_000);
      const { code } = await doctor.client.refused(get, chart());
      expect(['FORBIDDEN', 'SESSION_EXPIRED']).toContain(code);
    }
  });
});

describe('the patient', () => {
  test('gets a letter that says neither who nor why, and reads both in the portal', async () => {
    const { id } = await openChart(scene, doctor.client);
    await doctor.client.call(get, chart());
    await scene.api.settled();
    const mail = scene.api.mails.at(-1);
    expect(mail).toMatchObject({
      to: scene.clinic.members.patient.email,
      subject: 'A doctor opened your record',
      text: expect.stringContaining('https://clinic.example/patient/record-access') as string,
    });
    for (const secret of [UNCONSCIOUS.reason, doctor.name, 'Cardiology', 'unconscious']) {
      expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toContain(secret);
    }
    const patient = await scene.api.signIn(scene.clinic.members.patient);
    const { items } = await patient.call(endpoints.audit.mine, { query: { limit: 100 } });
    const hers = items.filter(({ who }) => who.userId === doctor.userId);
    expect(hers.map(({ action, emergency }) => [action, emergency]).toSorted()).toEqual([
      ['emergencyAccess.open', { id, ...UNCONSCIOUS }],
      ['patient.read', { id, ...UNCONSCIOUS }],
    ]);
  });

  test('who has no account is written to where the desk has noted it, or not at all', async () => {
    const { otherPatientId: patientId } = scene.clinic;
    const { prisma } = scene.api.database;
    const before = scene.api.mails.length;
    await doctor.client.call(open, { params: { patientId }, body: UNCONSCIOUS });
    await scene.api.settled();
    expect(scene.api.mails).toHaveLength(before);
    const email = 'amina@home.example';
    await prisma.patient.update({ where: { id: patientId }, data: { email } });
    const another = await scene.aStranger();
    await another.client.call(open, { params: { patientId }, body: UNCONSCIOUS });
    await scene.api.settled();
    expect(scene.api.mails.at(-1)?.to).toBe('amina@home.example');
    expect(scene.api.mails.at(-1)?.text).not.toContain('https://');
  });
});

describe('an administrator', () => {
  test('sees who opened whose chart and why, and what was read under it', async () => {
    const { id } = await openChart(scene, doctor.client);
    await doctor.client.call(get, chart());
    const [newest] = (await admin.call(list)).items;
    expect(newest).toMatchObject({
      id,
      ...UNCONSCIOUS,
      doctor: { userId: doctor.userId, name: doctor.name },
      patient: { id: scene.clinic.patientId },
      review: null,
    });
    const under = await admin.call(endpoints.audit.list, { query: { emergencyAccessId: id } });
    expect(under.items.map(({ action, emergencyAccessId }) => [action, emergencyAccessId])).toEqual([
      ['patient.read', id],
      ['emergencyAccess.open', id],
    ]);
    const lines = await admin.call(endpoints.audit.exportFhir, { query: { emergencyAccessId: id } });
    const told = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(told).toHaveLength(2);
    for (const each of told) {
      expect(each).toMatchObject({
        resourceType: 'AuditEvent',
        purposeOfEvent: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'BTG' }] },
        ],
      });
    }
    // To look for it is not to do something under it.
    expect((await admin.call(endpoints.audit.list, { query: { emergencyAccessId: id } })).items).toHaveLength(
      2,
    );
  });

  test('reviews it once, with a note, and is on record', async () => {
    const { id } = await openChart(scene, doctor.client);
    const about = {
      params: { emergencyAccessId: id },
      body: { note: 'The patient was brought in. Justified.' },
    };
    const both = await Promise.all(
      [1, 2].map(() =>
        admin
          .copy()
          .call(review, about)
          .then(
            () => 'reviewed',
            () => 'refused',
          ),
      ),
    );
    expect(both.toSorted()).toEqual(['refused', 'reviewed']);
    expect((await admin.refused(review, about)).code).toBe('CONFLICT');
    const { userId, name } = scene.clinic.members.admin;
    const listed = async (which: 'open' | 'done') =>
      (await admin.call(list, { query: { review: which } })).items.find((one) => one.id === id);
    expect(await listed('open')).toBeUndefined();
    expect((await listed('done'))?.review).toEqual({
      at: scene.api.clock.now().toISOString(),
      by: { userId, name },
      note: about.body.note,
    });
    const rows = (await rowsOf(userId)).filter(({ action }) => action === 'emergencyAccess.review');
    expect(rows.filter(({ entityId }) => entityId === id)).toHaveLength(1);
  });

  test('does not review what they opened as a doctor, nor see another organization’s', async () => {
    const { id } = await openChart(scene, doctor.client);
    const { organizationId } = scene.clinic;
    await scene.api.database.prisma.membership.updateMany({
      where: { organizationId, userId: doctor.userId },
      data: { role: 'admin' },
    });
    const now = await scene.api.signIn(doctor);
    const about = { params: { emergencyAccessId: id }, body: { note: 'I was right.' } };
    expect((await now.refused(review, about)).code).toBe('FORBIDDEN');
    expect((await rowsOf(doctor.userId)).at(-1)).toMatchObject({
      action: 'emergencyAccess.review',
      outcome: 'denied',
    });
    const stranger = await scene.api.signIn(scene.foreign.members.admin);
    expect((await stranger.refused(review, about)).code).toBe('NOT_FOUND');
    expect((await stranger.call(list)).items).toEqual([]);
  });
});

describe('the database', () => {
  const insert = (values: Partial<Record<'practitionerId' | 'patientId', string>>, minutes = 60) => {
    const openedAt = scene.api.clock.now();
    return scene.api.database.prisma.emergencyAccess.create({
      data: {
        ...{ organizationId: scene.clinic.organizationId, patientId: scene.clinic.patientId },
        ...{ practitionerId: doctor.practitionerId, category: 'other', reason: 'sealed', openedAt },
        ...{ expiresAt: new Date(openedAt.getTime() + minutes * 60_000) },
        ...values,
      },
    });
  };

  test('keeps an access to one organization, to an end after its beginning, and to one at a time', async () => {
    await expect(insert({ patientId: scene.foreign.patientId })).rejects.toThrow();
    await expect(insert({ practitionerId: scene.foreign.practitionerId })).rejects.toThrow();
    await expect(insert({}, 0)).rejects.toThrow();
    await expect(insert({}, -1)).rejects.toThrow();
    await insert({});
    await expect(insert({})).rejects.toThrow();
  });

  test('lets nobody change or take away what was stated', async () => {
    const { id } = await insert({});
    const { pool } = scene.api.database;
    const later = `UPDATE emergency_access SET expires_at = expires_at + interval '1 day' WHERE id = $1`;
    await expect(pool.query(later, [id])).rejects.toThrow('append-only');
    await expect(pool.query('DELETE FROM emergency_access WHERE id = $1', [id])).rejects.toThrow(
      'append-only',
    );
    const { walledDatabase } = scene.api;
    const byApi = walledDatabase.tenancy.runAsTenant(scene.clinic.organizationId, () =>
      walledDatabase.prisma.emergencyAccess.updateMany({ where: { id }, data: { reason: 'better' } }),
    );
    await expect(byApi).rejects.toThrow('permission denied');
  });

  test('shows a reason that was damaged as one, and to whoever asks', async () => {
    const { id } = await insert({});
    expect((await doctor.client.call(identify, chart())).emergencyAccess).toMatchObject({
      id,
      reason: UNREADABLE_TEXT,
    });
  });
});
