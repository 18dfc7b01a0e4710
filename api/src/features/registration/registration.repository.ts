import { randomUUIDv7 } from 'node:crypto';
import type { OpenClinic, OrganizationId, ReadConsent } from '@careconnect/contracts';
import type { Database, PatientContacts, Prisma } from '@careconnect/prisma';
import { ownerOfAddress } from '../../core/address-owner.repository.ts';
import { appendAudit } from '../../core/audit.ts';
import { currentConsentTexts, isUpToDate, storeConsent } from '../../core/consent-record.repository.ts';
import { storeLink, useLink } from '../../core/identity-link.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { hashOpaqueToken } from '../../core/opaque-token.ts';
import { requireNotSuspended } from '../../core/suspension.ts';
import { requireOpen } from '../../core/suspension.repository.ts';
import {
  REGISTRATION_LINK_TTL_MINUTES,
  REGISTRATION_MAILS,
  type NewPatientAccount,
  type UsableRegistration,
} from './registration.ts';

export interface NewAccount {
  readonly patient: NewPatientAccount;
  /** Of a new account its password; of one that is there, what the password was held against. */
  readonly passwordHash: string;
  readonly isNew: boolean;
  /** What they have read and agreed to. */
  readonly consents: readonly ReadConsent[];
  readonly requestId: string;
  readonly at: Date;
}

/** Why no account was made. */
export type NotMade =
  'linkInvalid' | 'passwordReplaced' | 'memberAlready' | 'runsPlatform' | 'consentOutdated';

export interface RegistrationRepository {
  openClinics(): Promise<OpenClinic[]>;
  /** The clinic's name and a token for the link; null when it is not open, or the address has been sent enough. */
  begin(clinic: string, email: string, at: Date): Promise<{ clinicName: string; token: string } | null>;
  findUsable(token: string, at: Date): Promise<UsableRegistration | null>;
  /** The account, its membership and its record, or none of them. Uses the link up. */
  complete(token: string, account: NewAccount): Promise<'made' | NotMade>;
}

/** Thrown to take the whole transaction back. */
class Refusal extends Error {
  readonly why: NotMade;
  constructor(why: NotMade) {
    super(why);
    this.why = why;
  }
}

export interface RegistrationRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly contacts: PatientContacts;
}

export function createRegistrationRepository({
  database: { prisma },
  contacts,
}: RegistrationRepositoryDeps): RegistrationRepository {
  return {
    openClinics: () =>
      prisma.organization.findMany({
        where: { registration: 'open', suspendedAt: null },
        select: { slug: true, name: true },
        orderBy: { name: 'asc' },
      }),

    begin: (slug, email, at) =>
      inTransaction(prisma, async (tx) => {
        const clinic = await tx.organization.findFirst({
          where: { slug, registration: 'open', suspendedAt: null },
        });
        if (!clinic) return null;
        const token = await storeLink(tx, {
          for: { purpose: 'registration', organizationId: clinic.id },
          email,
          at,
          ttlMinutes: REGISTRATION_LINK_TTL_MINUTES,
          quota: REGISTRATION_MAILS,
        });
        return token === null ? null : { clinicName: clinic.name, token };
      }),

    async findUsable(token, at) {
      const link = await prisma.identityLink.findFirst({
        where: {
          purpose: 'registration',
          tokenHash: hashOpaqueToken(token),
          usedAt: null,
          expiresAt: { gt: at },
        },
        include: { organization: true },
      });
      if (!link?.organization) return null;
      requireNotSuspended(link.organization);
      const { id, name } = link.organization;
      const consents = await currentConsentTexts(prisma, id);
      return { email: link.email, organizationId: id as OrganizationId, clinicName: name, consents };
    },

    complete: (token, account) =>
      inTransaction(prisma, (tx) => complete(tx, contacts, token, account)).catch((error: unknown) => {
        if (error instanceof Refusal) return error.why;
        throw error;
      }),
  };
}

async function complete(
  tx: Prisma.TransactionClient,
  contacts: PatientContacts,
  token: string,
  account: NewAccount,
): Promise<'made'> {
  const { patient, requestId, at } = account;
  const link = await useLink(tx, 'registration', token, at);
  if (!link?.organizationId) throw new Refusal('linkInvalid');
  const { email, organizationId } = link;
  await requireOpen(tx, organizationId);
  const { passwordHash, isNew } = account;
  const owner = await ownerOfAddress(tx, { name: patient.name, email, passwordHash, isNew });
  if (typeof owner === 'string') throw new Refusal(owner === 'madeMeanwhile' ? 'linkInvalid' : owner);
  const { userId } = owner;
  // One who was suspended does not come back in by this door.
  if ((await tx.membership.count({ where: { organizationId, userId } })) > 0)
    throw new Refusal('memberAlready');
  if ((await tx.membership.count({ where: { userId, role: 'platformAdmin' } })) > 0)
    throw new Refusal('runsPlatform');
  const texts = await currentConsentTexts(tx, organizationId);
  if (!isUpToDate(texts, account.consents)) throw new Refusal('consentOutdated');
  await tx.membership.create({ data: { organizationId, userId, role: 'patient' } });
  const patientId = randomUUIDv7();
  const { name, gender, phone } = patient;
  const sealed = contacts.seal({ organizationId, id: patientId }, { phone, email });
  const birthDate = new Date(patient.birthDate);
  await tx.patient.create({
    data: { id: patientId, organizationId, userId, name, gender, birthDate, ...sealed },
  });
  await appendAudit(tx, {
    subject: { organizationId, userId, role: 'patient' },
    action: 'auth.register',
    entityType: 'user',
    entityId: userId,
    patientId,
    requestId,
    at,
  });
  const giver = { organizationId, patientId, userId, means: 'registration', requestId, at } as const;
  for (const text of texts) await storeConsent(tx, giver, 'given', text);
  return 'made';
}
