import type { OrganizationId, PractitionerId } from '@careconnect/contracts';
import type { Fact, SeatFact, SignalingNode } from '@careconnect/contracts/internal';
import type { Database, Prisma } from '@careconnect/prisma';
import { inTransaction } from '../../core/in-transaction.ts';
import { storeMovement, type Movement } from './movement.repository.ts';

/** A doctor in whose queue somebody has come or gone. */
export interface TouchedQueue {
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
}

export interface FactsRepository {
  /**
   * Stores all facts, in the given order and in one transaction, and answers with the queues that look
   * different now. A repeated fact changes nothing; one about an unknown seat is left out.
   */
  store(facts: readonly Fact[], from: FactSource): Promise<TouchedQueue[]>;
}

export interface FactSource {
  readonly node: SignalingNode;
  readonly requestId: string;
}

const SEAT = { visit: { select: { practitionerId: true, patientId: true } } } as const;

type Seat = Prisma.VisitParticipantGetPayload<{ include: typeof SEAT }>;

export function createFactsRepository({ prisma }: Pick<Database, 'prisma'>): FactsRepository {
  return {
    store: (facts, from) =>
      inTransaction(prisma, async (tx) => {
        const seatById = await findSeats(
          tx,
          facts.filter((fact) => fact.type !== 'signaling.started'),
        );
        const changed: Seat[] = [];
        for (const fact of facts) {
          if (fact.type === 'signaling.started') {
            changed.push(...(await startOver(tx, new Date(fact.at), from.node)));
            continue;
          }
          const seat = seatById.get(fact.seatId);
          if (!seat || !isAbout(fact, seat)) continue;
          if (await storeOne(tx, fact, seat, from)) changed.push(seat);
        }
        const touched = new Map(changed.map((seat) => [seat.visit.practitionerId, queueOf(seat)]));
        return [...touched.values()];
      }),
  };
}

async function findSeats(
  tx: Prisma.TransactionClient,
  facts: readonly SeatFact[],
): Promise<Map<string, Seat>> {
  const organizationIds = new Set(facts.map(({ organizationId }) => organizationId));
  const seats = await tx.visitParticipant.findMany({
    where: { organizationId: { in: [...organizationIds] }, id: { in: facts.map(({ seatId }) => seatId) } },
    include: SEAT,
  });
  return new Map(seats.map((seat) => [seat.id, seat]));
}

function isAbout({ organizationId, visitId }: SeatFact, seat: Seat): boolean {
  return seat.organizationId === organizationId && seat.visitId === visitId;
}

/** Nobody is connected to the node any more, in whatever organization; answers with the seats that were. */
async function startOver(tx: Prisma.TransactionClient, at: Date, node: SignalingNode): Promise<Seat[]> {
  const where = { isPresent: true, connectedAt: { lt: at }, ...connectedTo(node) };
  const left = await tx.visitParticipant.findMany({ where, include: SEAT });
  await tx.visitParticipant.updateMany({ where, data: { isPresent: false, leftAt: at } });
  return left;
}

/** Connections from before nodes had names belong to whichever node asks. */
function connectedTo(node: SignalingNode): Prisma.VisitParticipantWhereInput {
  return { OR: [{ connectedTo: node }, { connectedTo: null }] };
}

/** True when the doctor's queue shows a difference. */
async function storeOne(
  tx: Prisma.TransactionClient,
  fact: SeatFact,
  seat: Seat,
  { node, requestId }: FactSource,
): Promise<boolean> {
  const at = new Date(fact.at);
  const { organizationId, id } = seat;
  switch (fact.type) {
    case 'seat.connected': {
      // Only a later connection counts, so a fact that is told again after the seat was left changes nothing.
      const isNews = { OR: [{ connectedAt: null }, { connectedAt: { lt: at } }] };
      const { count } = await tx.visitParticipant.updateMany({
        where: { organizationId, id, ...isNews },
        // Their ticket is used: from here on being connected is what takes the seat.
        data: {
          isPresent: true,
          connectedAt: at,
          connectedTo: node,
          heldUntil: null,
          leftAt: null,
          hasLeft: false,
        },
      });
      return count > 0;
    }
    case 'seat.disconnected': {
      const { count } = await tx.visitParticipant.updateMany({
        where: { organizationId, id, isPresent: true, connectedAt: { lte: at }, ...connectedTo(node) },
        data: { isPresent: false, leftAt: at },
      });
      return count > 0;
    }
    case 'seat.joined':
      await storeMovement(tx, movementOf('joined', fact, seat, requestId));
      return false;
    case 'seat.left':
      await storeMovement(tx, movementOf('left', fact, seat, requestId));
      return false;
    case 'seat.goodbye': {
      const isLast = { OR: [{ connectedAt: null }, { connectedAt: { lte: at } }] };
      const { count } = await tx.visitParticipant.updateMany({
        where: { organizationId, id, hasLeft: false, ...isLast },
        data: { isPresent: false, leftAt: at, hasLeft: true },
      });
      return count > 0;
    }
  }
}

function movementOf(
  type: Movement['type'],
  { idempotencyKey, at }: SeatFact,
  { organizationId, visitId, userId, displayName: name, id: seatId, visit }: Seat,
  requestId: string,
): Movement {
  const { patientId } = visit;
  const person = { seatId, userId, name, patientId };
  return { type, organizationId, visitId, ...person, at: new Date(at), idempotencyKey, requestId };
}

function queueOf({ organizationId, visit }: Seat): TouchedQueue {
  return {
    organizationId: organizationId as OrganizationId,
    practitionerId: visit.practitionerId as PractitionerId,
  };
}
