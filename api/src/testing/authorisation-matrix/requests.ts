import { randomUUID } from 'node:crypto';
import type { endpoints, VisitState } from '@careconnect/contracts';
import { TEST_PASSWORD, type Clinic } from '../a-clinic.ts';
import { TEST_START } from '../test-clock.ts';
import type { Target } from './world.ts';

type Registry = typeof endpoints;
/** `visits.start` and the like; an endpoint that is added to the registry is missed here by the compiler. */
export type EndpointId = {
  [Feature in keyof Registry]: `${Feature}.${Extract<keyof Registry[Feature], string>}`;
}[keyof Registry];

export interface MatrixRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface RequestOf {
  /** The state of the visit that the request is about. */
  readonly state?: VisitState;
  /** Whether somebody asks to act for its patient. */
  readonly isAsked?: true;
  readonly make: (target: Target, clinic: Clinic) => MatrixRequest;
}

const today = TEST_START.slice(0, 10);
const nothing: RequestOf = { make: () => ({}) };
const provider: RequestOf = { make: ({ practitionerId }) => ({ params: { providerId: practitionerId } }) };
const walkIn = ({ walkInSlug }: Target) => ({ params: { slug: walkInSlug } });
const appointment: RequestOf = { make: ({ appointmentId }) => ({ params: { appointmentId } }) };
const visitIn = (state: VisitState): RequestOf => ({
  state,
  make: ({ visitId }) => ({ params: { visitId } }),
});

const spare = (rest: Omit<MatrixRequest, 'params'>): RequestOf => ({
  make: ({ spareMembershipId }) => ({ params: { membershipId: spareMembershipId }, ...rest }),
});

const aboutThePatient: RequestOf = { make: ({ patientId }) => ({ query: { patientId } }) };
const noteIn = (rest: Omit<MatrixRequest, 'params'>): RequestOf => ({
  state: 'in_progress',
  make: ({ visitId }) => ({ params: { visitId, attachmentId: randomUUID() }, ...rest }),
});

/** A request that would succeed for whoever is allowed to make it. */
export const REQUESTS: Readonly<Record<EndpointId, RequestOf>> = {
  'auth.login': {
    make: (_target, { members }) => ({ body: { email: members.doctor.email, password: TEST_PASSWORD } }),
  },
  'auth.loginSecondStep': {
    make: () => ({ body: { challenge: randomUUID(), method: 'totp', code: '000000' } }),
  },
  'auth.confirm': { make: () => ({ body: { method: 'password', password: TEST_PASSWORD } }) },
  'auth.logout': nothing,
  'auth.refreshToken': nothing,
  'auth.requestPasswordReset': {
    make: (_target, { members }) => ({ body: { email: members.doctor.email } }),
  },
  'auth.checkPasswordReset': { make: () => ({ body: { token: randomUUID() } }) },
  'auth.confirmPasswordReset': {
    make: () => ({ body: { token: randomUUID(), newPassword: 'seven quiet orchards' } }),
  },
  'auth.me': nothing,
  'registrations.clinics': nothing,
  'registrations.request': {
    make: () => ({ body: { clinic: 'no-such-clinic', email: 'new@clinic.example' } }),
  },
  'registrations.check': { make: () => ({ body: { token: randomUUID() } }) },
  'registrations.complete': {
    make: () => ({
      body: {
        token: randomUUID(),
        name: 'A Person',
        birthDate: '1990-01-01',
        password: 'seven quiet orchards',
      },
    }),
  },
  'credentials.passwordRules': nothing,
  'credentials.changePassword': { make: () => ({ body: { newPassword: TEST_PASSWORD } }) },
  'credentials.changeEmail': { make: () => ({ body: { newEmail: 'new@clinic.example' } }) },
  'credentials.confirmEmail': { make: () => ({ body: { token: randomUUID() } }) },
  'sessions.list': nothing,
  'sessions.end': { make: () => ({ params: { sessionId: randomUUID() } }) },
  'sessions.endOthers': nothing,
  'secondFactor.get': nothing,
  'secondFactor.beginTotp': nothing,
  'secondFactor.confirmTotp': { make: () => ({ body: { code: '000000' } }) },
  'secondFactor.removeTotp': nothing,
  'secondFactor.renewRecoveryCodes': nothing,
  'people.list': { make: ({ spareName }) => ({ query: { q: spareName } }) },
  // In this order, one after the other: whoever is removed at the end is there for nothing else.
  'people.suspend': spare({}),
  'people.resume': spare({}),
  'people.changeRole': spare({ body: { role: 'receptionist' } }),
  'people.setAreas': spare({ body: { departmentIds: [], locationIds: [] } }),
  'people.resetSecondFactor': spare({}),
  'people.remove': spare({}),
  'departments.list': nothing,
  'departments.addLocation': {
    make: () => ({ body: { name: `At ${randomUUID()}`, address: 'A Street 1' } }),
  },
  'departments.changeLocation': {
    make: () => ({ params: { locationId: randomUUID() }, body: { name: 'A House', address: 'A Street 1' } }),
  },
  'departments.removeLocation': { make: () => ({ params: { locationId: randomUUID() } }) },
  'departments.add': {
    make: () => ({ params: { locationId: randomUUID() }, body: { name: 'Eyes', practitionerIds: [] } }),
  },
  'departments.change': {
    make: () => ({ params: { departmentId: randomUUID() }, body: { name: 'Eyes', practitionerIds: [] } }),
  },
  'departments.remove': { make: () => ({ params: { departmentId: randomUUID() } }) },
  'invitations.list': nothing,
  'invitations.create': {
    make: () => ({ body: { email: `${randomUUID()}@clinic.example`, name: 'A Person', role: 'admin' } }),
  },
  'invitations.cancel': { make: () => ({ params: { invitationId: randomUUID() } }) },
  'invitations.check': { make: () => ({ body: { token: randomUUID() } }) },
  'invitations.accept': {
    make: () => ({ body: { token: randomUUID(), name: 'A Person', password: 'seven quiet orchards' } }),
  },
  'organizations.list': nothing,
  'organizations.create': {
    make: () => ({
      body: {
        ...{ name: 'A Clinic', slug: `made-${randomUUID()}`, country: 'PK', timeZone: 'Asia/Karachi' },
        location: { name: 'A House', address: 'A Street 1' },
        administrator: { name: 'A Person', email: `${randomUUID()}@clinic.example` },
      },
    }),
  },
  'organizations.inviteFirstAdministrator': {
    make: () => ({
      params: { organizationId: randomUUID() },
      body: { name: 'A Person', email: `${randomUUID()}@clinic.example` },
    }),
  },
  'organizations.suspend': {
    make: () => ({ params: { organizationId: randomUUID() }, body: { reason: 'A reason' } }),
  },
  'organizations.reopen': { make: () => ({ params: { organizationId: randomUUID() } }) },
  'securityPolicy.get': nothing,
  'securityPolicy.put': {
    make: () => ({
      body: {
        staffSecondFactor: 'optional',
        idleTimeoutMinutes: 720,
        staffPasswordMinLength: 12,
        staffSentCodes: 'refused',
        registration: 'closed',
      },
    }),
  },
  'singleSignOn.get': nothing,
  'singleSignOn.put': {
    make: () => ({
      body: {
        issuer: 'http://127.0.0.1',
        clientId: 'careconnect',
        clientSecret: 'a secret',
        groupsClaim: 'groups',
        joining: 'members',
        groups: [{ group: 'front desk', role: 'receptionist' }],
      },
    }),
  },
  'singleSignOn.remove': nothing,
  'singleSignOn.look': { make: () => ({ params: { clinic: 'no-such-clinic' } }) },
  'singleSignOn.begin': { make: () => ({ params: { clinic: 'no-such-clinic' }, body: {} }) },
  'singleSignOn.finish': {
    make: () => ({ params: { clinic: 'no-such-clinic' }, body: { callback: 'state=nobody' } }),
  },
  'passkeys.list': nothing,
  'passkeys.beginRegistration': nothing,
  'passkeys.finishRegistration': {
    make: () => ({
      body: {
        response: { id: 'AA', response: { clientDataJSON: 'AA', attestationObject: 'AA', transports: [] } },
        name: 'My phone',
      },
    }),
  },
  'passkeys.rename': { make: () => ({ params: { passkeyId: randomUUID() }, body: { name: 'My phone' } }) },
  'passkeys.remove': { make: () => ({ params: { passkeyId: randomUUID() } }) },
  'passkeys.beginConfirmation': nothing,
  'passkeys.beginSecondStep': { make: () => ({ body: { challenge: randomUUID() } }) },
  'passkeys.beginSignIn': nothing,
  'passkeys.finishSignIn': {
    make: () => ({
      body: {
        assertion: {
          id: 'AA',
          response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA', userHandle: 'AA' },
        },
      },
    }),
  },
  // Of a sign-in that nobody has begun.
  'sentCodes.sendForSignIn': {
    make: () => ({ body: { challenge: randomUUID(), channel: 'email', language: 'en' } }),
  },
  'sentCodes.send': { make: () => ({ body: { channel: 'email', language: 'en' } }) },
  'sentCodes.turnOn': { make: () => ({ params: { channel: 'email' }, body: { code: '000000' } }) },
  'sentCodes.turnOff': { make: () => ({ params: { channel: 'email' } }) },
  'phones.get': nothing,
  'phones.begin': { make: () => ({ body: { phone: '+92 300 1234567', language: 'en' } }) },
  'phones.confirm': { make: () => ({ body: { code: '000000', language: 'en' } }) },
  'phones.remove': nothing,
  'patients.list': { make: ({ patientName }) => ({ query: { q: patientName } }) },
  'patients.create': { make: () => ({ body: { name: 'Newly Registered', birthDate: '1990-01-01' } }) },
  'patients.get': { make: ({ patientId }) => ({ params: { patientId } }) },
  // Nobody is there to be reached otherwise.
  'corrections.make': {
    make: ({ patientId }) => ({
      params: { patientId },
      body: { changes: { phone: { from: null, to: null } } },
    }),
  },
  'corrections.list': { make: ({ patientId }) => ({ params: { patientId } }) },
  'patients.identify': { make: ({ patientId }) => ({ params: { patientId } }) },
  'consents.mine': nothing,
  'consents.give': { make: () => ({ body: { kind: 'telehealth', version: 1 } }) },
  'consents.withdraw': { make: () => ({ body: { kind: 'telehealth' } }) },
  'consents.texts': nothing,
  'consents.publish': {
    make: () => ({ body: { kind: 'privacyNotice', wordings: { en: { title: 'A title', body: 'A text' } } } }),
  },
  'ownData.export': nothing,
  'erasures.mine': nothing,
  'erasures.list': nothing,
  // Of a request that nobody made.
  'erasures.accept': { make: () => ({ params: { erasureId: randomUUID() } }) },
  'erasures.refuse': { make: () => ({ params: { erasureId: randomUUID() }, body: { reason: 'A reason' } }) },
  'erasures.readHeld': {
    make: () => ({ params: { erasureId: randomUUID() }, body: { reason: 'A reason' } }),
  },
  'erasures.ask': nothing,
  'erasures.getRetention': nothing,
  'erasures.putRetention': { make: () => ({ body: { years: 10 } }) },
  'dependants.list': nothing,
  'dependants.addChild': {
    make: () => ({
      body: { name: 'Ali', birthDate: '2020-02-29', relationship: 'MTH', idempotencyKey: randomUUID() },
    }),
  },
  'dependants.ask': {
    make: ({ patientName }) => ({
      body: { name: patientName, birthDate: '1980-01-01', relationship: 'SONC' },
    }),
  },
  'dependants.actingForMe': nothing,
  'dependants.requests': nothing,
  'dependants.grant': {
    isAsked: true,
    make: ({ relatedPersonId }) => ({ params: { relatedPersonId }, body: { scopes: ['visits'] } }),
  },
  'dependants.end': {
    isAsked: true,
    make: ({ relatedPersonId }) => ({ params: { relatedPersonId } }),
  },
  'providers.list': nothing,
  'providers.get': provider,
  'providers.availability': {
    make: (target, clinic) => ({ ...provider.make(target, clinic), query: { from: today, to: today } }),
  },
  'providers.walkIn': { make: walkIn },
  'appointments.list': {
    make: ({ practitionerId, patientId }) => ({ query: { practitionerId, patientId } }),
  },
  'appointments.create': {
    make: ({ practitionerId, patientId, freeStart }) => ({
      body: { practitionerId, patientId, startsAt: freeStart, idempotencyKey: randomUUID() },
    }),
  },
  'appointments.get': appointment,
  'appointments.cancel': appointment,
  'visits.list': { make: ({ practitionerId, patientId }) => ({ query: { practitionerId, patientId } }) },
  'visits.today': { make: ({ practitionerId }) => ({ query: { practitionerId } }) },
  'visits.get': visitIn('waiting'),
  'visits.record': visitIn('waiting'),
  'visits.recordMessages': visitIn('waiting'),
  'quality.get': visitIn('in_progress'),
  'qualityWatch.live': { state: 'in_progress', make: () => ({}) },
  'qualityWatch.list': { state: 'in_progress', make: () => ({}) },
  'qualityWatch.visit': visitIn('in_progress'),
  'qualityWatch.export': { state: 'in_progress', make: () => ({}) },
  'visits.create': {
    make: ({ practitionerId, patientId }) => ({
      body: { practitionerId, patientId, idempotencyKey: randomUUID() },
    }),
  },
  'walkIns.enter': {
    make: (target) => ({
      ...walkIn(target),
      body: { guest: { name: 'A Guest', birthDate: '1990-01-01' }, idempotencyKey: randomUUID() },
    }),
  },
  'seats.joinTicket': visitIn('in_progress'),
  'attachments.begin': noteIn({ body: { kind: 'still', mediaType: 'image/jpeg', sizeBytes: 1_000 } }),
  'attachments.append': noteIn({ query: { offset: '0' }, body: new Uint8Array(1_000) }),
  'attachments.content': noteIn({}),
  // After all that asks for a chart: the doctor has it open from here on.
  'emergencyAccess.open': {
    make: ({ patientId }) => ({
      params: { patientId },
      body: { category: 'emergency', reason: 'Unconscious at the front desk' },
    }),
  },
  'emergencyAccess.list': nothing,
  'emergencyAccess.review': {
    make: ({ emergencyAccessId }) => ({ params: { emergencyAccessId }, body: { note: 'It was needed.' } }),
  },
  'visits.start': visitIn('waiting'),
  'visits.hold': visitIn('in_progress'),
  'visits.end': visitIn('in_progress'),
  'visits.cancel': visitIn('waiting'),
  'seats.deskTicket': nothing,
  'nodes.list': nothing,
  'audit.list': aboutThePatient,
  'audit.exportTable': aboutThePatient,
  'audit.exportFhir': aboutThePatient,
  'audit.mine': nothing,
  'docs.openapi': nothing,
};
