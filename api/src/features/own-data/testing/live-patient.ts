import { randomBytes, randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import type { Clinic } from '../../../testing/a-clinic.ts';
import type { TestApi } from '../../../testing/test-api.ts';
import type { TestClient } from '../../../testing/test-client.ts';

type Seal = (field: Parameters<TestApi['cipher']['encrypt']>[0], id: string, text: string) => string;

export interface Life {
  /** Signed in before they had a second step. */
  readonly patient: TestClient;
  /** What was typed, in plain text. */
  readonly words: readonly string[];
  /** What nobody may take out: ciphertext, digests. */
  readonly secrets: readonly string[];
}

const HOUR_MS = 3_600_000;
const WORDS = {
  reason: 'A cough since Tuesday',
  message: 'It is worse at night.',
  allergies: 'Penicillin: rash in 2009',
  phone: '+92 300 1112233',
  email: 'corrected@home.example',
  emergency: 'Found unconscious at work',
  review: 'Spoken about with both of them',
};

/** Gives the clinic's patient one of everything that can be stored about a patient. */
export async function livePatient(api: TestApi, clinic: Clinic): Promise<Life> {
  const { organizationId, patientId, members } = clinic;
  const { prisma } = api.database;
  const seal: Seal = (field, id, text) => api.cipher.encrypt(field, { organizationId, id }, text);
  await prisma.patient.update({
    where: { id: patientId },
    data: {
      allergiesNote: seal('patient.allergies_note', patientId, WORDS.allergies),
      // As from before numbers were encrypted: it opens like any other.
      phone: WORDS.phone,
    },
  });
  const admin = await api.signIn(members.admin);
  const wordings = { en: { title: 'Video visits', body: 'A text.' } };
  await admin.call(endpoints.consents.publish, { body: { kind: 'telehealth', wordings } });
  const patient = await api.signIn(members.patient);
  await patient.call(endpoints.dependants.addChild, {
    body: { name: 'Ali', birthDate: '2019-05-01', relationship: 'MTH', idempotencyKey: randomUUID() },
  });
  await patient.call(endpoints.consents.give, { body: { kind: 'telehealth', version: 1 } });
  const email = { from: null, to: WORDS.email };
  await patient.call(endpoints.corrections.make, { params: { patientId }, body: { changes: { email } } });
  await patient.call(endpoints.erasures.ask);
  const secrets = await liveSignIn(api, clinic);
  await liveEmergency(api, clinic, seal);
  const body = await liveVisit(api, clinic, seal);
  return { patient, words: Object.values(WORDS), secrets: [...secrets, body] };
}

async function liveSignIn(
  { database: { prisma } }: TestApi,
  { organizationId, members }: Clinic,
): Promise<string[]> {
  const { userId } = members.patient;
  const issuer = 'https://id.example';
  await prisma.ssoIdentity.create({ data: { organizationId, userId, issuer, subject: randomUUID() } });
  const [secret, codeHash, publicKey] = [randomUUID(), randomBytes(32), randomBytes(32)];
  await prisma.totpCredential.create({ data: { userId, secret } });
  await prisma.recoveryCode.create({ data: { userId, codeHash } });
  await prisma.codeFactor.create({ data: { userId, channel: 'email' } });
  await prisma.passkey.create({
    data: {
      ...{ userId, publicKey, credentialId: randomBytes(16), signCount: 0n },
      ...{ transports: ['internal'], deviceType: 'singleDevice', isBackedUp: false, name: 'My phone' },
    },
  });
  const { passwordHash } = await prisma.user.findFirstOrThrow({ where: { id: userId } });
  return [secret, codeHash.toString('base64'), publicKey.toString('base64'), passwordHash ?? ''];
}

async function liveEmergency(
  { database: { prisma }, clock }: TestApi,
  { organizationId, patientId, practitionerId, members }: Clinic,
  seal: Seal,
): Promise<void> {
  const [id, at] = [randomUUID(), clock.now()];
  const until = new Date(at.getTime() + HOUR_MS);
  const reason = seal('emergency_access.reason', id, WORDS.emergency);
  await prisma.emergencyAccess.create({
    data: {
      ...{ id, organizationId, practitionerId, patientId },
      ...{ category: 'emergency', reason, openedAt: at, expiresAt: until },
    },
  });
  const note = seal('emergency_access_review.note', id, WORDS.review);
  await prisma.emergencyAccessReview.create({
    data: { emergencyAccessId: id, organizationId, reviewerUserId: members.admin.userId, note, at },
  });
}

async function liveVisit(
  { database: { prisma }, clock }: TestApi,
  { organizationId, patientId, practitionerId, members }: Clinic,
  seal: Seal,
): Promise<string> {
  const at = clock.now();
  const [appointmentId, visitId, messageId, attachmentId] = [0, 0, 0, 0].map(() => randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const parties = { organizationId, patientId, practitionerId };
  await prisma.appointment.create({
    data: {
      ...{ ...parties, id: appointmentId, idempotencyKey: randomUUID(), status: 'arrived' },
      ...{ startsAt: at, endsAt: new Date(at.getTime() + HOUR_MS) },
      reason: seal('appointment.reason', appointmentId, WORDS.reason),
      createdByUserId: members.patient.userId,
    },
  });
  await prisma.visit.create({
    data: {
      ...{ ...parties, id: visitId, appointmentId, state: 'in_progress', origin: 'appointment' },
      ...{ scheduledAt: at, waitingSince: at, startedAt: at },
      reason: seal('visit.reason', visitId, WORDS.reason),
      events: { create: { type: 'started', at, actorName: 'A doctor' } },
    },
  });
  const { id: seatId } = await prisma.visitParticipant.create({
    data: {
      ...{ organizationId, visitId, userId: members.patient.userId },
      ...{ seatRole: 'patient', displayName: members.patient.name },
    },
  });
  const own = { organizationId, visitId };
  await prisma.attachment.create({
    data: {
      ...{ ...own, id: attachmentId, authorSeatId: seatId, kind: 'voice_note', mediaType: 'audio/webm' },
      ...{ sizeBytes: 1_000, durationMs: 2_000, createdAt: at, touchedAt: at },
    },
  });
  const body = seal('chat_message.body', messageId, WORDS.message);
  await prisma.chatMessage.create({
    data: {
      ...{ ...own, id: messageId, sequence: 1, clientMessageId: randomUUID(), authorSeatId: seatId },
      ...{ body, totalBytes: Buffer.byteLength(WORDS.message), attachmentId, sentAt: at },
    },
  });
  await prisma.qualitySample.create({
    data: { ...own, seatId, idempotencyKey: randomUUID(), at, durationMs: 5_000, roundTripTime: 40 },
  });
  return body;
}
