import { randomUUID } from 'node:crypto';
import { endpoints, type VisitId } from '@careconnect/contracts';
import {
  internalApiEndpoints,
  type Fact,
  type SeatFact,
  type SeatKey,
} from '@careconnect/contracts/internal';
import { AppError } from '@careconnect/platform';
import type { CareScene } from '../../visits/testing/a-care-scene.ts';

/** The patient's seat in a visit that has just been booked. */
export async function aSeat(scene: CareScene): Promise<SeatKey & { appointmentId: string }> {
  const { id: appointmentId, visitId } = await scene.book();
  const { seatId } = await scene.patient.call(endpoints.seats.joinTicket, { params: { visitId } });
  return { organizationId: scene.clinic.organizationId, visitId, seatId, appointmentId };
}

/** Without anything else that is known of the seat. */
export function keyOf({ organizationId, visitId, seatId }: SeatKey): SeatKey {
  return { organizationId, visitId, seatId };
}

/** The code that a call of signaling is refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.code;
  throw new Error('the call was not refused');
}

/** What a node of signaling reports. */
export async function tell(scene: CareScene, facts: Fact[], node = 'one'): Promise<void> {
  await scene.api.asSignaling(internalApiEndpoints.facts, { body: { node, facts } });
}

export function aFact(scene: CareScene, type: SeatFact['type'], seat: SeatKey, afterMs = 0): SeatFact {
  const at = new Date(scene.api.clock.now().getTime() + afterMs).toISOString();
  return { type, ...keyOf(seat), at, idempotencyKey: randomUUID() };
}

/** Its person has been in the room for two minutes. */
export async function comeIn(scene: CareScene, seat: SeatKey): Promise<void> {
  const types = ['seat.connected', 'seat.joined'] as const;
  await tell(
    scene,
    types.map((type) => aFact(scene, type, seat, -120_000)),
  );
}

/** Guests who are in the visit right now. */
export async function seatGuests(scene: CareScene, visitId: VisitId, count: number): Promise<void> {
  const { organizationId } = scene.clinic;
  const connectedAt = scene.api.clock.now();
  const guests = await makeGuests(scene, count);
  await scene.api.database.prisma.visitParticipant.createMany({
    data: guests.map(({ id: userId, name: displayName }) => ({
      organizationId,
      visitId,
      userId,
      seatRole: 'guest',
      displayName,
      isPresent: true,
      connectedAt,
    })),
  });
}

/** Members of the clinic without a seat anywhere. */
export async function makeGuests(scene: CareScene, count: number): Promise<{ id: string; name: string }[]> {
  const { organizationId } = scene.clinic;
  const { prisma } = scene.api.database;
  const guests = await prisma.user.createManyAndReturn({
    data: Array.from({ length: count }, (_none, index) => ({ name: `Guest ${index}`, isGuest: true })),
    select: { id: true, name: true },
  });
  await prisma.membership.createMany({
    data: guests.map(({ id: userId }) => ({ organizationId, userId, role: 'patient' })),
  });
  return guests;
}
