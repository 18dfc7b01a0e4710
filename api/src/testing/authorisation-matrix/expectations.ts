import { OTHER_DESK, type Person } from './matrix-case.ts';
import type { EndpointId } from './requests.ts';
import type { Relation } from './world.ts';

/** One status for everybody, or one each for patient, doctor, receptionist, pharmacist, admin, nurse. */
export type Statuses = number | readonly [number, number, number, number, number, number];

export interface Expectation {
  readonly anonymous: number;
  readonly own: Statuses;
  /** Another doctor and patient of the same organization; absent where the request is about no row. */
  readonly colleague?: Statuses;
  readonly foreign?: Statuses;
  /** What a receptionist of the colleague's department may, where it is not what every receptionist may. */
  readonly otherDesk?: Partial<Record<Relation, number>>;
  /** Of whoever runs the platform, whosever rows; unless told 403, or what everybody gets. */
  readonly platformAdmin?: number;
  /** In a list that is allowed, these must not see the rows that are not the colleague's. */
  readonly hidesOwnFrom?: readonly Person[];
  /** In a list that is allowed, the colleague's rows must not be there for these. */
  readonly hidesColleaguesFrom?: readonly Person[];
  /** Says things of another organization on purpose. */
  readonly isPublic?: boolean;
}

/** Of somebody who works in one's own organization, or in another. */
const ABOUT_SOMEBODY: Expectation = {
  anonymous: 401,
  own: [403, 403, 403, 403, 204, 403],
  colleague: [403, 403, 403, 403, 204, 403],
  foreign: [403, 403, 403, 403, 404, 403],
  // Nobody of a clinic is there for them, and nobody of theirs for a clinic.
  platformAdmin: 404,
};

/**
 * Who may do what, reviewed line by line: this table is the decision, and the code must follow it.
 * 403 where a role can never do it; 404 where a row is not theirs to know of.
 */
export const EXPECTATIONS: Readonly<Record<EndpointId, Expectation>> = {
  'auth.login': { anonymous: 200, own: 200 },
  // Of a sign-in that nobody has begun.
  'auth.loginSecondStep': { anonymous: 401, own: 401 },
  // By a password, which is not enough for whoever has a second factor.
  'auth.confirm': { anonymous: 401, own: 204, platformAdmin: 401 },
  'auth.logout': { anonymous: 204, own: 204 },
  'auth.refreshToken': { anonymous: 401, own: 200 },
  'auth.requestPasswordReset': { anonymous: 204, own: 204 },
  // With a token that nobody was sent.
  'auth.checkPasswordReset': { anonymous: 400, own: 400 },
  'auth.confirmPasswordReset': { anonymous: 400, own: 400 },
  'auth.me': { anonymous: 401, own: 200 },

  'registrations.clinics': { anonymous: 200, own: 200 },
  'registrations.request': { anonymous: 204, own: 204 },
  'registrations.check': { anonymous: 400, own: 400 },
  'registrations.complete': { anonymous: 400, own: 400 },
  'credentials.passwordRules': { anonymous: 401, own: 200 },
  'credentials.changePassword': { anonymous: 401, own: 204 },
  'credentials.changeEmail': { anonymous: 401, own: 204 },
  'credentials.confirmEmail': { anonymous: 400, own: 400 },
  'sessions.list': { anonymous: 401, own: 200 },
  // Somebody else's answers like none.
  'sessions.end': { anonymous: 401, own: 404 },
  'sessions.endOthers': { anonymous: 401, own: 200 },
  'secondFactor.get': { anonymous: 401, own: 200 },
  'secondFactor.beginTotp': { anonymous: 401, own: 201 },
  // With a code that no app shows, and for somebody who has no app yet.
  'secondFactor.confirmTotp': { anonymous: 401, own: 401 },
  'secondFactor.removeTotp': { anonymous: 401, own: 204 },
  // Of whoever has a second factor.
  'secondFactor.renewRecoveryCodes': { anonymous: 401, own: 409, platformAdmin: 201 },
  'passkeys.list': { anonymous: 401, own: 200 },
  'passkeys.beginRegistration': { anonymous: 401, own: 201 },
  // With what no device has made.
  'passkeys.finishRegistration': { anonymous: 401, own: 401 },
  // Somebody else's answers like none.
  'passkeys.rename': { anonymous: 401, own: 404 },
  'passkeys.remove': { anonymous: 401, own: 204 },
  'passkeys.beginConfirmation': { anonymous: 401, own: 201 },
  // Of a sign-in that nobody has begun.
  'passkeys.beginSecondStep': { anonymous: 401, own: 401 },
  'passkeys.beginSignIn': { anonymous: 201, own: 201 },
  'passkeys.finishSignIn': { anonymous: 401, own: 401 },
  // Of a sign-in that nobody has begun.
  'sentCodes.sendForSignIn': { anonymous: 401, own: 401 },
  // Enough for patients alone, unless the organization says otherwise; nothing is enough on the platform.
  'sentCodes.send': { anonymous: 401, own: [201, 409, 409, 409, 409, 409], platformAdmin: 409 },
  // With a code that was sent to nobody.
  'sentCodes.turnOn': { anonymous: 401, own: [401, 409, 409, 409, 409, 409], platformAdmin: 409 },
  'sentCodes.turnOff': { anonymous: 401, own: 204 },
  'phones.get': { anonymous: 401, own: 200 },
  // Where nothing sends text messages.
  'phones.begin': { anonymous: 401, own: 409 },
  'phones.confirm': { anonymous: 401, own: 401 },
  'phones.remove': { anonymous: 401, own: 204 },

  // Who may do what is for administrators to decide, and nobody of another organization is there for them.
  'people.list': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    colleague: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
    platformAdmin: 200,
  },
  'people.suspend': ABOUT_SOMEBODY,
  'people.resume': ABOUT_SOMEBODY,
  // On the platform there is one role.
  'people.changeRole': { ...ABOUT_SOMEBODY, platformAdmin: 403 },
  'people.setAreas': ABOUT_SOMEBODY,
  'people.resetSecondFactor': ABOUT_SOMEBODY,
  'people.remove': ABOUT_SOMEBODY,
  'departments.list': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'departments.addLocation': { anonymous: 401, own: [403, 403, 403, 403, 204, 403] },
  // Of one that is not there.
  'departments.changeLocation': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'departments.removeLocation': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'departments.add': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'departments.change': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'departments.remove': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'invitations.list': { anonymous: 401, own: [403, 403, 403, 403, 200, 403], platformAdmin: 200 },
  'invitations.create': { anonymous: 401, own: [403, 403, 403, 403, 204, 403] },
  // Of an invitation that nobody made.
  'invitations.cancel': { anonymous: 401, own: [403, 403, 403, 403, 404, 403], platformAdmin: 404 },
  'invitations.check': { anonymous: 400, own: 400 },
  'invitations.accept': { anonymous: 400, own: 400 },
  // Of no organization that there is, but for the one that is made.
  'organizations.list': { anonymous: 401, own: 403, platformAdmin: 200, isPublic: true },
  'organizations.create': { anonymous: 401, own: 403, platformAdmin: 201 },
  'organizations.inviteFirstAdministrator': { anonymous: 401, own: 403, platformAdmin: 404 },
  'organizations.suspend': { anonymous: 401, own: 403, platformAdmin: 404 },
  'organizations.reopen': { anonymous: 401, own: 403, platformAdmin: 404 },
  'securityPolicy.get': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'securityPolicy.put': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'singleSignOn.get': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  // A provider that may not be asked.
  'singleSignOn.put': { anonymous: 401, own: [403, 403, 403, 403, 422, 403] },
  'singleSignOn.remove': { anonymous: 401, own: [403, 403, 403, 403, 204, 403] },
  // Of a clinic that has none.
  'singleSignOn.look': { anonymous: 404, own: 404 },
  'singleSignOn.begin': { anonymous: 404, own: 404 },
  'singleSignOn.finish': { anonymous: 404, own: 404 },

  'patients.list': {
    anonymous: 401,
    own: [403, 200, 200, 403, 200, 200],
    colleague: [403, 200, 200, 403, 200, 200],
    foreign: [403, 200, 200, 403, 200, 200],
  },
  'patients.create': { anonymous: 401, own: [403, 201, 201, 403, 201, 201] },
  'patients.get': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    // Closed to a doctor who does not look after them, until she says why she needs it.
    colleague: [404, 403, 200, 403, 200, 200],
    foreign: [404, 404, 404, 403, 404, 404],
    // Nobody whom the doctors of their department look after.
    otherDesk: { own: 403 },
  },
  'corrections.make': {
    anonymous: 401,
    own: [201, 403, 201, 403, 201, 403],
    colleague: [404, 403, 201, 403, 201, 403],
    foreign: [404, 403, 404, 403, 404, 403],
    otherDesk: { own: 403 },
  },
  'corrections.list': {
    anonymous: 401,
    own: [200, 403, 200, 403, 200, 403],
    colleague: [404, 403, 200, 403, 200, 403],
    foreign: [404, 403, 404, 403, 404, 403],
    otherDesk: { own: 403 },
  },
  'patients.identify': {
    anonymous: 401,
    own: [403, 200, 200, 403, 200, 200],
    colleague: [403, 200, 200, 403, 200, 200],
    foreign: [403, 404, 404, 403, 404, 404],
  },

  // About oneself alone; of a kind that the organization has not published.
  'consents.mine': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  'consents.give': { anonymous: 401, own: [404, 403, 403, 403, 403, 403] },
  'consents.withdraw': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  'consents.texts': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'consents.publish': { anonymous: 401, own: [403, 403, 403, 403, 201, 403] },

  'erasures.mine': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  'erasures.ask': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  'erasures.list': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'erasures.accept': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'erasures.refuse': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'erasures.readHeld': { anonymous: 401, own: [403, 403, 403, 403, 404, 403] },
  'erasures.getRetention': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'erasures.putRetention': { anonymous: 401, own: [403, 403, 403, 403, 200, 403] },
  'ownData.export': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },

  'dependants.list': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  'dependants.addChild': { anonymous: 401, own: [201, 403, 403, 403, 403, 403] },
  // Whether there is such a patient, the answer does not tell.
  'dependants.ask': {
    anonymous: 401,
    own: [204, 403, 403, 403, 403, 403],
    colleague: [204, 403, 403, 403, 403, 403],
    foreign: [204, 403, 403, 403, 403, 403],
  },
  'dependants.actingForMe': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  'dependants.requests': { anonymous: 401, own: [403, 403, 200, 403, 200, 403] },
  // Who has an account decides by it: the desk confirms for those who have none.
  'dependants.grant': {
    anonymous: 401,
    own: [200, 403, 404, 403, 404, 403],
    colleague: [404, 403, 404, 403, 404, 403],
    foreign: [404, 403, 404, 403, 404, 403],
  },
  'dependants.end': {
    anonymous: 401,
    own: [204, 403, 204, 403, 204, 403],
    colleague: [404, 403, 204, 403, 204, 403],
    foreign: [404, 403, 404, 403, 404, 403],
  },

  'providers.list': { anonymous: 401, own: 200, platformAdmin: 403 },
  'providers.get': {
    anonymous: 401,
    own: 200,
    colleague: 200,
    foreign: 404,
    platformAdmin: 403,
    otherDesk: { own: 404 },
  },
  'providers.availability': {
    anonymous: 401,
    own: 200,
    colleague: 200,
    foreign: 404,
    platformAdmin: 403,
    otherDesk: { own: 404 },
  },
  'providers.walkIn': { anonymous: 200, own: 200, colleague: 200, foreign: 200, isPublic: true },

  'appointments.list': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    colleague: [200, 200, 200, 403, 200, 200],
    foreign: [200, 200, 200, 403, 200, 200],
    hidesColleaguesFrom: ['patient', 'doctor'],
    hidesOwnFrom: [OTHER_DESK],
  },
  // A doctor books into their own calendar and no other, whoever else's it is.
  'appointments.create': {
    anonymous: 401,
    own: [201, 201, 201, 403, 201, 403],
    colleague: [404, 403, 201, 403, 201, 403],
    foreign: [404, 403, 404, 403, 404, 403],
    otherDesk: { own: 404 },
  },
  'appointments.get': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    colleague: [404, 404, 200, 403, 200, 200],
    foreign: [404, 404, 404, 403, 404, 404],
    otherDesk: { own: 404 },
  },
  'appointments.cancel': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 403],
    colleague: [404, 404, 200, 403, 200, 403],
    foreign: [404, 404, 404, 403, 404, 403],
    otherDesk: { own: 404 },
  },

  'visits.list': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    colleague: [200, 200, 200, 403, 200, 200],
    foreign: [200, 200, 200, 403, 200, 200],
    hidesColleaguesFrom: ['patient', 'doctor'],
    hidesOwnFrom: [OTHER_DESK],
  },
  'visits.today': {
    anonymous: 401,
    own: [403, 200, 200, 403, 200, 200],
    colleague: [403, 404, 200, 403, 200, 200],
    foreign: [403, 404, 404, 403, 404, 404],
    otherDesk: { own: 404 },
  },
  // A colleague's are closed to a doctor rather than not there: in an emergency she may open them.
  'visits.get': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    colleague: [404, 403, 200, 403, 200, 200],
    foreign: [404, 404, 404, 403, 404, 404],
    otherDesk: { own: 404 },
  },
  'visits.record': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    colleague: [404, 403, 200, 403, 200, 200],
    foreign: [404, 404, 404, 403, 404, 404],
    otherDesk: { own: 404 },
  },
  'visits.recordMessages': {
    anonymous: 401,
    own: [200, 200, 200, 403, 200, 200],
    colleague: [404, 403, 200, 403, 200, 200],
    foreign: [404, 404, 404, 403, 404, 404],
    otherDesk: { own: 404 },
  },
  // The desk books visits, and has no business with how they went.
  'quality.get': {
    anonymous: 401,
    own: [200, 200, 403, 403, 200, 403],
    colleague: [404, 403, 403, 403, 200, 403],
    foreign: [404, 404, 403, 403, 404, 403],
  },
  // All visits of the clinic at once are for whoever answers for it; another clinic's are in none of them.
  'qualityWatch.live': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  'qualityWatch.list': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  'qualityWatch.visit': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    colleague: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 404, 403],
  },
  'qualityWatch.export': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  'visits.create': {
    anonymous: 401,
    own: [403, 201, 201, 403, 201, 403],
    colleague: [403, 404, 201, 403, 201, 403],
    foreign: [403, 404, 404, 403, 404, 403],
    otherDesk: { own: 404 },
  },
  // As a guest: whoever has the link comes in, which is what the link is for.
  'walkIns.enter': { anonymous: 201, own: 201, colleague: 201, foreign: 201, isPublic: true },
  // A seat is for the two whose visit it is: not for the desk, not for the administrator.
  'seats.joinTicket': {
    anonymous: 401,
    own: [201, 201, 403, 403, 403, 403],
    colleague: [403, 403, 403, 403, 403, 403],
    foreign: [404, 404, 403, 403, 403, 403],
  },
  // So is what they send each other; nobody in the matrix has begun what is sent on or listened to.
  'attachments.begin': {
    anonymous: 401,
    own: [200, 200, 403, 403, 403, 403],
    colleague: [403, 403, 403, 403, 403, 403],
    foreign: [404, 404, 403, 403, 403, 403],
  },
  'attachments.append': {
    anonymous: 401,
    own: [404, 404, 403, 403, 403, 403],
    colleague: [404, 404, 403, 403, 403, 403],
    foreign: [404, 404, 403, 403, 403, 403],
  },
  'attachments.content': {
    anonymous: 401,
    own: [404, 404, 403, 403, 403, 403],
    colleague: [404, 403, 403, 403, 403, 403],
    foreign: [404, 404, 403, 403, 403, 403],
  },
  // For doctors alone, of patients in their care as well: it opens what they have had with colleagues.
  'emergencyAccess.open': {
    anonymous: 401,
    own: [403, 201, 403, 403, 403, 403],
    colleague: [403, 201, 403, 403, 403, 403],
    foreign: [403, 404, 403, 403, 403, 403],
  },
  'emergencyAccess.list': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  'emergencyAccess.review': {
    anonymous: 401,
    own: [403, 403, 403, 403, 201, 403],
    colleague: [403, 403, 403, 403, 201, 403],
    foreign: [403, 403, 403, 403, 404, 403],
  },
  'visits.start': {
    anonymous: 401,
    own: [403, 200, 403, 403, 403, 403],
    colleague: [403, 404, 403, 403, 403, 403],
    foreign: [403, 404, 403, 403, 403, 403],
  },
  'visits.hold': {
    anonymous: 401,
    own: [403, 200, 403, 403, 403, 403],
    colleague: [403, 404, 403, 403, 403, 403],
    foreign: [403, 404, 403, 403, 403, 403],
  },
  'visits.end': {
    anonymous: 401,
    own: [403, 200, 403, 403, 403, 403],
    colleague: [403, 404, 403, 403, 403, 403],
    foreign: [403, 404, 403, 403, 403, 403],
  },
  'visits.cancel': {
    anonymous: 401,
    own: [403, 200, 200, 403, 200, 403],
    colleague: [403, 404, 200, 403, 200, 403],
    foreign: [403, 404, 404, 403, 404, 403],
    otherDesk: { own: 404 },
  },
  'seats.deskTicket': { anonymous: 401, own: [403, 201, 201, 403, 201, 201] },

  // Who did what is for whoever answers for the clinic; another clinic's trail is none of theirs.
  'audit.list': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  'audit.exportTable': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  'audit.exportFhir': {
    anonymous: 401,
    own: [403, 403, 403, 403, 200, 403],
    foreign: [403, 403, 403, 403, 200, 403],
  },
  // Of their own record alone: there is nothing in the request that could name another's.
  'audit.mine': { anonymous: 401, own: [200, 403, 403, 403, 403, 403] },
  // Nobody here runs the installation: there are several organizations, and none is named.
  'nodes.list': { anonymous: 401, own: 403 },

  'docs.openapi': { anonymous: 200, own: 200 },
};
