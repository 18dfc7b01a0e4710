import type { OrganizationId, PatientId, UserId } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';

/** A patient who asks for what is stored about them, in the organization that they ask in. */
export interface DataOwner {
  readonly organizationId: OrganizationId;
  readonly patientId: PatientId;
  /** The account they sign in with; null for who has none, whose copy somebody else asks for. */
  readonly userId: UserId | null;
}

/** Who they are, and how they sign in. Texts are readable; secrets are left where they are. */
export interface OwnAccount {
  readonly organization: Pick<Prisma.OrganizationModel, 'id' | 'name'>;
  readonly patient: Pick<Prisma.PatientModel, 'id' | 'name' | 'birthDate' | 'gender' | 'updatedAt'> & {
    readonly phone: string | null;
    readonly email: string | null;
    readonly allergiesNote: string | null;
  };
  readonly signIn: OwnSignIn | null;
}

/** How they sign in. */
export interface OwnSignIn {
  readonly user: Pick<Prisma.UserModel, 'id' | 'name' | 'email' | 'phone' | 'isGuest' | 'createdAt'>;
  readonly membership: Pick<Prisma.MembershipModel, 'id' | 'role' | 'status' | 'createdAt'>;
  readonly sessions: readonly Prisma.SessionModel[];
  readonly passkeys: readonly Pick<
    Prisma.PasskeyModel,
    'id' | 'name' | 'deviceType' | 'createdAt' | 'lastUsedAt'
  >[];
  readonly authenticatorApps: readonly Pick<
    Prisma.TotpCredentialModel,
    'id' | 'createdAt' | 'confirmedAt' | 'lastFailedAt'
  >[];
  readonly sentCodes: readonly Pick<
    Prisma.CodeFactorModel,
    'id' | 'channel' | 'createdAt' | 'lastFailedAt'
  >[];
  readonly recoveryCodes: readonly Pick<Prisma.RecoveryCodeModel, 'id' | 'createdAt' | 'usedAt'>[];
  readonly ssoIdentities: readonly Prisma.SsoIdentityModel[];
}

type Doctor = Pick<Prisma.PractitionerModel, 'id' | 'name' | 'specialty'>;

export interface OwnAppointment extends Omit<Prisma.AppointmentModel, 'reason'> {
  readonly reason: string | null;
  readonly practitioner: Doctor;
}

export interface OwnVisit extends Omit<Prisma.VisitModel, 'reason'> {
  readonly reason: string | null;
  readonly practitioner: Doctor;
  readonly seats: readonly Prisma.VisitParticipantModel[];
  readonly events: readonly Prisma.VisitEventModel[];
  readonly attachments: readonly Prisma.AttachmentModel[];
  readonly messages: readonly (Omit<Prisma.ChatMessageModel, 'body'> & { readonly body: string })[];
  /** How well they themselves heard and saw. */
  readonly samples: readonly Prisma.QualitySampleModel[];
}

export type OwnRelatedPerson = Prisma.RelatedPersonModel & {
  readonly patient: Pick<Prisma.PatientModel, 'name'>;
  readonly membership: { readonly user: Pick<Prisma.UserModel, 'name'> };
};

export type OwnConsent = Prisma.ConsentModel & { readonly text: Prisma.ConsentTextModel };

export type OwnErasure = Omit<Prisma.ErasureRequestModel, 'reason'> & { readonly reason: string | null };

/** A doctor who was not looking after them, and who opened their chart all the same. */
export interface OwnEmergencyAccess extends Prisma.EmergencyAccessModel {
  readonly practitioner: Doctor;
  readonly review: Pick<Prisma.EmergencyAccessReviewModel, 'at' | 'note'> | null;
}

/** Details that were wrong, with what was there before. */
export type OwnCorrection = Prisma.PatientCorrectionModel;
