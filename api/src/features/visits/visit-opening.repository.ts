import { randomUUIDv7 } from 'node:crypto';
import {
  OPEN_VISIT_STATES,
  type OrganizationId,
  type PatientId,
  type PractitionerId,
  type UserId,
  type VisitId,
} from '@careconnect/contracts';
import { Prisma, type Database, type PatientContacts } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { admitGuest, type Guest } from './guest-admission.repository.ts';
import type { StoredVisit } from './stored-visit.ts';
import { toStoredVisit, VISIT } from './visit-row.repository.ts';

/** A visit without an appointment. */
export interface NewVisit {
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  readonly at: Date;
}

/**
 * The places that a doctor has for guests whose visit has not begun. Whoever is connected takes one; whoever is not
 * takes one for a while after they came in or connected last.
 */
export interface GuestRoom {
  readonly places: number;
  /** How many of them one network may take. */
  readonly placesOfNetwork: number;
  /** That of this guest. */
  readonly network: string;
  /** Whoever has last come before then, and is not connected, takes no place. */
  readonly cameSince: Date;
  /** Visits from before then are over for their guests, whatever their state. */
  readonly openedSince: Date;
}

/** Why there is no place: the room is full, or this network has taken its share of it. */
export type NoPlace = 'full' | 'networkFull';

export interface NewPatientVisit extends NewVisit {
  readonly patientId: PatientId;
  readonly actor: { readonly userId: UserId; readonly name: string };
  /** For a guest who is known from another visit. */
  readonly room?: GuestRoom;
  readonly audit: (visitId: VisitId) => AuditRow;
}

export interface NewGuestVisit extends NewVisit {
  readonly guest: Guest;
  readonly room: GuestRoom;
  readonly audit: (visitId: VisitId, guest: { userId: UserId; patientId: PatientId }) => AuditRow;
}

export interface VisitOpeningRepository {
  /**
   * Null when the idempotency key has a visit already, or when these two have one that is open; full when a guest
   * gets no place, for whatever reason.
   */
  open(visit: NewPatientVisit): Promise<StoredVisit | 'full' | null>;
  /** The same, with an account without credentials and a patient record for the guest, if there is a place. */
  openForGuest(visit: NewGuestVisit): Promise<StoredVisit | NoPlace | null>;
  findByKey(organizationId: OrganizationId, idempotencyKey: string): Promise<StoredVisit | null>;
  /** The patient's walk-in visit with this doctor that is not over. The database allows one. */
  findOpenWalkIn(
    parties: Pick<NewPatientVisit, 'organizationId' | 'patientId' | 'practitionerId'>,
  ): Promise<StoredVisit | null>;
  patientExists(organizationId: OrganizationId, patientId: PatientId): Promise<boolean>;
  /** Whether they are a doctor here, and not one who is suspended or has gone. */
  practitionerExists(organizationId: OrganizationId, practitionerId: PractitionerId): Promise<boolean>;
  isGuestAccount(userId: UserId): Promise<boolean>;
}

export interface VisitOpeningRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
  readonly contacts: PatientContacts;
}

interface Opening extends NewVisit {
  readonly room?: GuestRoom;
  readonly patientId: string;
  readonly actorUserId: string;
  readonly actorName: string;
}

export function createVisitOpeningRepository({
  database: { prisma },
  cipher,
  contacts,
}: VisitOpeningRepositoryDeps): VisitOpeningRepository {
  async function insert(tx: Prisma.TransactionClient, opening: Opening): Promise<VisitId> {
    const { organizationId, practitionerId, patientId, idempotencyKey, at } = opening;
    const { actorUserId, actorName } = opening;
    const id = randomUUIDv7();
    await tx.visit.create({
      data: {
        id,
        organizationId,
        practitionerId,
        patientId,
        idempotencyKey,
        createdAt: at,
        state: 'scheduled',
        origin: 'walk_in',
        guestNetwork: opening.room?.network ?? null,
        reason: cipher.encrypt('visit.reason', { organizationId, id }, opening.reason),
      },
      select: { id: true },
    });
    await tx.visitEvent.createMany({
      data: { organizationId, visitId: id, type: 'scheduled', at, actorUserId, actorName },
    });
    return id as VisitId;
  }

  /** After the commit: a transaction has one connection, and people and visit are read side by side. */
  async function read(organizationId: OrganizationId, id: VisitId): Promise<StoredVisit> {
    const where = { organizationId, id };
    return toStoredVisit(await prisma.visit.findFirstOrThrow({ where, select: VISIT }), cipher);
  }

  return {
    async open(visit) {
      const { userId: actorUserId, name: actorName } = visit.actor;
      const id = await orNullWhenTaken(() =>
        inTransaction(prisma, async (tx) => {
          if (visit.room && (await lacksPlace(tx, visit, visit.room))) return 'full';
          const opened = await insert(tx, { ...visit, actorUserId, actorName });
          await appendAudit(tx, visit.audit(opened));
          return opened;
        }),
      );
      if (id === 'full') return 'full';
      return id && read(visit.organizationId, id);
    },

    async openForGuest(visit) {
      const answer = await orNullWhenTaken(() =>
        inTransaction(prisma, async (tx) => {
          const noPlace = await lacksPlace(tx, visit, visit.room);
          if (noPlace) return { noPlace };
          const { userId, patientId } = await admitGuest(tx, visit, contacts);
          const opening = { ...visit, patientId, actorUserId: userId, actorName: visit.guest.name };
          const opened = await insert(tx, opening);
          await appendAudit(tx, visit.audit(opened, { userId, patientId }));
          return { opened };
        }),
      );
      if (!answer) return null;
      return 'noPlace' in answer ? answer.noPlace : read(visit.organizationId, answer.opened);
    },

    async findByKey(organizationId, idempotencyKey) {
      const where = { organizationId, idempotencyKey };
      const row = await prisma.visit.findFirst({ where, select: VISIT });
      return row && toStoredVisit(row, cipher);
    },

    async findOpenWalkIn({ organizationId, patientId, practitionerId }) {
      const row = await prisma.visit.findFirst({
        where: {
          organizationId,
          patientId,
          practitionerId,
          origin: 'walk_in',
          state: { in: [...OPEN_VISIT_STATES] },
        },
        select: VISIT,
      });
      return row && toStoredVisit(row, cipher);
    },

    async patientExists(organizationId, id) {
      return (await prisma.patient.count({ where: { organizationId, id } })) > 0;
    },

    async practitionerExists(organizationId, id) {
      return (
        (await prisma.practitioner.count({
          where: { organizationId, id, membership: { status: 'active', role: 'doctor' } },
        })) > 0
      );
    },

    async isGuestAccount(id) {
      return (await prisma.user.count({ where: { id, isGuest: true } })) > 0;
    },
  };
}

/**
 * Guests of one doctor come in one after the other: the lock on the doctor's row is held until the visit is
 * stored, so that no two of them take the last place. Bookings and other visits do not wait for it.
 */
async function lacksPlace(
  tx: Prisma.TransactionClient,
  { organizationId, practitionerId }: NewVisit,
  { places, placesOfNetwork, network, cameSince, openedSince }: GuestRoom,
): Promise<NoPlace | null> {
  await tx.$queryRaw`
    SELECT FROM practitioner WHERE organization_id = ${organizationId}::uuid AND id = ${practitionerId}::uuid
       FOR NO KEY UPDATE`;
  const isHere = { OR: [{ isPresent: true }, { connectedAt: { gte: cameSince } }] };
  const taken = await tx.visit.findMany({
    where: {
      organizationId,
      practitionerId,
      guestNetwork: { not: null },
      listedAt: { gte: openedSince },
      state: { in: ['scheduled', 'waiting'] },
      OR: [{ createdAt: { gte: cameSince } }, { seats: { some: { seatRole: 'patient', ...isHere } } }],
    },
    select: { guestNetwork: true },
  });
  if (taken.length >= places) return 'full';
  const ofNetwork = taken.filter(({ guestNetwork }) => guestNetwork === network);
  return ofNetwork.length >= placesOfNetwork ? 'networkFull' : null;
}

/** What is unique here is the key, which a caller chooses, and the one open walk-in visit of two people. */
async function orNullWhenTaken<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null;
    throw error;
  }
}
