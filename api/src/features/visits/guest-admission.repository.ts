import { randomUUIDv7 } from 'node:crypto';
import type { AdministrativeGender, OrganizationId, PatientId, UserId } from '@careconnect/contracts';
import type { PatientContacts, Prisma } from '@careconnect/prisma';

/** Someone without an account, as they introduce themselves. */
export interface Guest {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly gender: AdministrativeGender;
  readonly phone: string | null;
}

/** Gives a guest an account without credentials, and a patient record. */
export async function admitGuest(
  tx: Prisma.TransactionClient,
  { organizationId, guest }: { readonly organizationId: OrganizationId; readonly guest: Guest },
  contacts: PatientContacts,
) {
  const { name, birthDate, gender, phone } = guest;
  const owner = { organizationId, id: randomUUIDv7() };
  const sealed = contacts.seal(owner, { phone, email: null });
  const { id: userId } = await tx.user.create({ data: { name, isGuest: true }, select: { id: true } });
  await tx.membership.createMany({ data: { organizationId, userId, role: 'patient' } });
  const { id: patientId } = await tx.patient.create({
    data: { ...owner, ...sealed, userId, name, birthDate: new Date(birthDate), gender },
    select: { id: true },
  });
  return { userId: userId as UserId, patientId: patientId as PatientId };
}
