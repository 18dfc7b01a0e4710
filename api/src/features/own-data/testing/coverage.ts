import type { Database } from '@careconnect/prisma';
import type { Clinic } from '../../../testing/a-clinic.ts';

type IdsOf = (prisma: Database['prisma'], clinic: Clinic) => Promise<string[]>;

const ids = async (rows: Promise<readonly { readonly id: string }[]>) => (await rows).map(({ id }) => id);
const own = ({ organizationId, patientId }: Clinic) => ({ organizationId, patientId });
const ofVisit = ({ organizationId, patientId }: Clinic) => ({ organizationId, visit: { patientId } });
const ofUser = ({ members }: Clinic) => ({ userId: members.patient.userId });

/** What a copy of somebody's own data has, by model, and which rows must be in it. */
export const EXPORTED: Readonly<Record<string, IdsOf>> = {
  Appointment: (prisma, clinic) => ids(prisma.appointment.findMany({ where: own(clinic) })),
  Attachment: (prisma, clinic) => ids(prisma.attachment.findMany({ where: ofVisit(clinic) })),
  AuditEvent: async (prisma, { organizationId, patientId }) => {
    const where = { organizationId, patientId, action: { not: 'ownData.export' } };
    return ids(prisma.auditEvent.findMany({ where }));
  },
  ChatMessage: (prisma, clinic) => ids(prisma.chatMessage.findMany({ where: ofVisit(clinic) })),
  CodeFactor: (prisma, clinic) => ids(prisma.codeFactor.findMany({ where: ofUser(clinic) })),
  Consent: (prisma, clinic) => ids(prisma.consent.findMany({ where: own(clinic) })),
  ConsentText: (prisma, { organizationId }) =>
    ids(prisma.consentText.findMany({ where: { organizationId } })),
  EmergencyAccess: (prisma, clinic) => ids(prisma.emergencyAccess.findMany({ where: own(clinic) })),
  EmergencyAccessReview: async (prisma, clinic) => {
    const rows = await prisma.emergencyAccessReview.findMany({ where: { access: own(clinic) } });
    // Told beside what it is about.
    return rows.map(({ emergencyAccessId }) => emergencyAccessId);
  },
  ErasureRequest: (prisma, clinic) => ids(prisma.erasureRequest.findMany({ where: own(clinic) })),
  Membership: (prisma, clinic) => ids(prisma.membership.findMany({ where: ofUser(clinic) })),
  Passkey: (prisma, clinic) => ids(prisma.passkey.findMany({ where: ofUser(clinic) })),
  Patient: async (_prisma, { patientId }) => [patientId],
  PatientCorrection: (prisma, clinic) => ids(prisma.patientCorrection.findMany({ where: own(clinic) })),
  QualitySample: async (prisma, clinic) => {
    const rows = await prisma.qualitySample.findMany({ where: ofVisit(clinic) });
    return rows.map(({ idempotencyKey }) => idempotencyKey);
  },
  RecoveryCode: (prisma, clinic) => ids(prisma.recoveryCode.findMany({ where: ofUser(clinic) })),
  RelatedPerson: (prisma, clinic) =>
    ids(prisma.relatedPerson.findMany({ where: { OR: [own(clinic), ofUser(clinic)] } })),
  Session: (prisma, clinic) => ids(prisma.session.findMany({ where: ofUser(clinic) })),
  SsoIdentity: (prisma, clinic) => ids(prisma.ssoIdentity.findMany({ where: ofUser(clinic) })),
  TotpCredential: (prisma, clinic) => ids(prisma.totpCredential.findMany({ where: ofUser(clinic) })),
  User: async (_prisma, { members }) => [members.patient.userId],
  Visit: (prisma, clinic) => ids(prisma.visit.findMany({ where: own(clinic) })),
  VisitEvent: (prisma, clinic) => ids(prisma.visitEvent.findMany({ where: ofVisit(clinic) })),
  VisitParticipant: (prisma, clinic) => ids(prisma.visitParticipant.findMany({ where: ofVisit(clinic) })),
};

const OF_A_DOCTOR = 'Tells of a doctor and their hours, which are no data of a patient.';
const SECRET =
  'Holds the digest of a secret that opens an account for some minutes, and nothing else of a person.';

/** What a copy has not, and why. Whoever adds a model decides, and writes it down here. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  AvailabilityException: OF_A_DOCTOR,
  AvailabilityRule: OF_A_DOCTOR,
  HeldFile: 'Of somebody who is erased already.',
  HeldRecord: 'Of somebody who is erased already.',
  IdentityLink:
    'A link that was mailed to an address, for an hour: the digest of a secret, and an address that the person typed.',
  MembershipArea: 'Tells for which departments somebody of the staff works, which is no data of a patient.',
  PasswordReset: SECRET,
  Practitioner: `${OF_A_DOCTOR} Those whom the patient met are in the copy by name.`,
  RefreshToken: SECRET,
  SentCode: `${SECRET} A number that it is sent to is in the copy once it is theirs.`,
  SignInChallenge: SECRET,
  WebauthnChallenge: SECRET,
};
