import {
  AuditAction,
  type EmergencyAccessId,
  type OrganizationId,
  type PatientId,
  type UserId,
} from '@careconnect/contracts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toAuditEvents } from './fhir-audit-event.ts';
import type { TrailEvent } from './trail.ts';

const PLACE = { publicOrigin: 'https://clinic.example' };
const ORGANIZATION = '019a0000-0000-7000-8000-00000000000a' as OrganizationId;
const DOCTOR = '019a0000-0000-7000-8000-00000000000b' as UserId;
const AMINA = '019a0000-0000-7000-8000-00000000000c' as PatientId;
const YUSUF = '019a0000-0000-7000-8000-00000000000d' as PatientId;

const Coding = z.strictObject({ system: z.url(), code: z.string().min(1), display: z.string().min(1) });
const Reference = z.strictObject({
  reference: z
    .string()
    .regex(/^[A-Z]\w+\/[0-9a-f-]{36}$/)
    .optional(),
  type: z.string().optional(),
  identifier: z.strictObject({ system: z.url().optional(), value: z.string().optional() }).optional(),
  display: z.string().optional(),
});
const Concept = z.strictObject({ coding: z.array(Coding).optional(), text: z.string().optional() });

/** As much of FHIR R4 AuditEvent as there is in ours: names, cardinalities and codes of hl7.org/fhir/R4/auditevent.html */
const AuditEvent = z.strictObject({
  resourceType: z.literal('AuditEvent'),
  id: z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/),
  meta: z.strictObject({ profile: z.array(z.url()).length(1) }).optional(),
  type: Coding,
  subtype: z.array(Coding).min(1),
  action: z.enum(['C', 'R', 'U', 'D', 'E']),
  recorded: z.iso.datetime(),
  outcome: z.enum(['0', '4', '8', '12']),
  purposeOfEvent: z.array(Concept).optional(),
  agent: z
    .array(
      z.strictObject({
        type: Concept,
        role: z.array(Concept).optional(),
        who: Reference,
        name: z.string().optional(),
        requestor: z.boolean(),
        network: z.strictObject({ address: z.url(), type: z.enum(['1', '2', '3', '4', '5']) }).optional(),
        purposeOfUse: z.array(Concept).optional(),
      }),
    )
    .min(2),
  source: z.strictObject({ site: z.string(), observer: Reference, type: z.array(Coding) }),
  entity: z.array(
    z.strictObject({
      what: Reference.optional(),
      type: Coding,
      role: Coding.optional(),
      name: z.string().optional(),
      query: z.base64().optional(),
    }),
  ),
});

const event = (about: Partial<TrailEvent>): TrailEvent => ({
  id: '019a0000-0000-7000-8000-000000000001',
  at: new Date('2026-11-23T04:00:00.123Z'),
  actor: { userId: DOCTOR, name: 'Dr Taliyah', role: 'doctor' },
  action: 'patient.read',
  entityType: 'patient',
  entityId: AMINA,
  patient: { id: AMINA, name: 'Amina' },
  shownIds: [],
  outcome: 'success',
  reason: null,
  emergencyAccessId: null,
  detail: {},
  requestId: 'r-1',
  ...about,
});
const events = (about: Partial<TrailEvent>) =>
  toAuditEvents(event(about), ORGANIZATION, PLACE).map((resource) => AuditEvent.parse(resource));
const profileOf = (about: Partial<TrailEvent>) =>
  events(about).map(({ meta }) => meta?.profile[0]?.split('.').at(-1));

test.each(AuditAction.options)('%s becomes a resource of FHIR R4', (action) => {
  const [resource] = events({ action });
  expect(resource?.subtype.at(-1)?.code).toBe(action);
  expect(resource?.entity.map(({ type }) => type.code)).toEqual(['XrequestId', '2', '1']);
});

describe('of a successful event', () => {
  test('the profile is that of what was done, with a patient or without', () => {
    expect(profileOf({})).toEqual(['PatientRead']);
    expect(profileOf({ patient: null })).toEqual(['Read']);
    expect(profileOf({ action: 'patient.create' })).toEqual(['PatientCreate']);
    expect(profileOf({ action: 'visit.end' })).toEqual(['PatientUpdate']);
    expect(profileOf({ action: 'patient.search', patient: null })).toEqual(['Query']);
    expect(profileOf({ action: 'auth.signIn', patient: null })).toEqual([undefined]);
  });

  test('the ends of the connection and the person have the roles of the profile', () => {
    const roles = (about: Partial<TrailEvent>) =>
      events(about)[0]?.agent.map(({ type, requestor }) => [type.coding?.[0]?.code, requestor]);
    // BALP: a read goes from the server to the client.
    expect(roles({})).toEqual([
      ['110152', false],
      ['110153', false],
      ['IRCP', true],
    ]);
    expect(roles({ action: 'patient.search' })).toEqual([
      ['110153', false],
      ['110152', false],
      ['IRCP', true],
    ]);
    expect(roles({ action: 'patient.create' })).toEqual([
      ['110153', false],
      ['110152', false],
      ['AUT', true],
    ]);
    const actor = { userId: null, name: null, role: 'service:signaling' };
    expect(roles({ actor })).toEqual([
      ['110152', true],
      ['110153', false],
    ]);
  });

  test('a list is told of once for each patient that it has shown', () => {
    const list = { action: 'patient.search', entityId: null, patient: null, shownIds: [AMINA, YUSUF] };
    expect(profileOf(list)).toEqual(['PatientQuery', 'PatientQuery']);
    const told = events(list);
    expect(told.map(({ entity }) => entity[2]?.what?.reference)).toEqual([
      `Patient/${AMINA}`,
      `Patient/${YUSUF}`,
    ]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
    const query = Buffer.from(told[0]?.entity[1]?.query ?? '', 'base64').toString();
    expect(query).toBe('action=patient.search');
    expect(told[0]?.entity[1]?.role?.code).toBe('24');
  });
});

test('what was refused or failed follows no profile of what was done, and says so', () => {
  expect(events({ outcome: 'denied' })[0]).toMatchObject({ outcome: '8' });
  expect(events({ outcome: 'failure' })[0]).toMatchObject({ outcome: '4' });
  expect(profileOf({ outcome: 'denied' })).toEqual([undefined]);
});

test('what was done under emergency access says that the glass was broken, and nothing else does', () => {
  const emergencyAccessId = '019a0000-0000-7000-8000-00000000000e' as EmergencyAccessId;
  const purpose = [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
          code: 'BTG',
          display: 'break the glass',
        },
      ],
    },
  ];
  for (const action of ['patient.read', 'visit.readRecord', 'visit.list', 'emergencyAccess.open']) {
    const [told] = events({ action, emergencyAccessId });
    expect(told?.purposeOfEvent).toEqual(purpose);
    expect(told?.agent[2]?.purposeOfUse).toEqual(purpose);
    const [plain] = events({ action });
    expect(plain?.purposeOfEvent).toBeUndefined();
    expect(plain?.agent[2]?.purposeOfUse).toBeUndefined();
  }
  expect(events({ action: 'emergencyAccess.open', emergencyAccessId })[0]).toMatchObject({
    type: { code: '110113' },
    subtype: [{ code: '110127' }, { code: 'emergencyAccess.open' }],
  });
});

test('a reason is the purpose, and what an older version did is told by its name', () => {
  expect(events({ reason: 'Emergency' })[0]?.agent[2]?.purposeOfUse).toEqual([{ text: 'Emergency' }]);
  const [old] = events({ action: 'patient.fax' });
  expect(old).toMatchObject({ action: 'E', subtype: [{ code: 'patient.fax' }] });
  expect(old?.meta).toBeUndefined();
});

test('whoever acts for a patient is told of by what they are to them, and nobody else is', () => {
  const rolesOf = (detail: TrailEvent['detail']) => events({ detail })[0]?.agent[2]?.role?.slice(1);
  const system = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
  expect(rolesOf({ relatedPersonId: AMINA, relationship: 'MTH' })).toEqual([
    { coding: [{ system, code: 'MTH', display: 'mother' }] },
  ]);
  // What a relation was granted as, by somebody who acted for themselves.
  expect(rolesOf({ relationship: 'MTH' })).toEqual([]);
});
