import { randomUUID } from 'node:crypto';
import { DESK_TICKET_AUDIENCE, SEAT_TICKET_AUDIENCE } from '@careconnect/contracts/internal';
import { createServiceTokens } from '@careconnect/platform';
import { aSession } from '../clinic.ts';
import { deskTicket, seatTicket, type DeskPerson, type Harness } from '../harness.ts';
import { JOIN_TICKET_SECRET } from '../secrets.ts';
import type { SocketCase } from './run.ts';

const SECOND_MS = 1_000;
const LONG_PAST = () => Math.floor(Date.now() / SECOND_MS) - 60;
const OTHER_SECRET = 'x'.repeat(43);

/** Whoever comes with anything but a fresh ticket of their own gets no live connection, and is not told why not. */
export async function runTickets(clinic: Harness): Promise<SocketCase[]> {
  const visit = clinic.api.add();
  const { organizationId } = visit;
  const clerk: DeskPerson = {
    organizationId,
    role: 'receptionist',
    practitionerId: null,
    sessionId: aSession(),
  };
  const good = { seat: await seatTicket(visit.patient), desk: await deskTicket(clerk) };
  const service = await createServiceTokens(JOIN_TICKET_SECRET, 'api').tokenFor('signaling');
  const unsigned = (ticket: string) => {
    const [, claims = ''] = ticket.split('.');
    return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  };
  const swapped = async () => {
    const [header = '', , signature = ''] = (await seatTicket(visit.patient)).split('.');
    const [, claims = ''] = (await seatTicket(visit.host)).split('.');
    return `${header}.${claims}.${signature}`;
  };

  const offered: [what: string, seat: string, desk: string][] = [
    ['no ticket', '', ''],
    ['no ticket of ours', 'hello', randomUUID()],
    ['a ticket without a signature', unsigned(good.seat), unsigned(good.desk)],
    [
      'a ticket of another secret',
      await seatTicket(visit.patient, { secret: OTHER_SECRET }),
      await deskTicket(clerk, { secret: OTHER_SECRET }),
    ],
    [
      'an expired ticket',
      await seatTicket(visit.patient, { expiresAt: LONG_PAST() }),
      await deskTicket(clerk, { expiresAt: LONG_PAST() }),
    ],
    [
      'a ticket for another place',
      await seatTicket(visit.patient, { audience: DESK_TICKET_AUDIENCE }),
      await deskTicket(clerk, { audience: SEAT_TICKET_AUDIENCE }),
    ],
    ['the ticket of the other place', await deskTicket(clerk), await seatTicket(visit.patient)],
    ['claims of another under the own signature', await swapped(), await swapped()],
    ['a token of one of our processes', service, service],
  ];
  const cases: SocketCase[] = [];
  for (const [what, seat, desk] of offered) {
    const expected = seat === '' ? 'VALIDATION_FAILED' : 'TICKET_INVALID';
    const [atSeat, atDesk] = [
      await clinic.sit(visit.patient, { ticket: seat }),
      await clinic.watch(clerk, desk),
    ];
    cases.push(
      { name: `${what} at a seat`, expected, actual: (await atSeat.refused()).code },
      { name: `${what} at the desk`, expected, actual: (await atDesk.refused()).code },
    );
  }
  return [...cases, ...(await runReplays(clinic))];
}

/** A ticket that somebody has overheard is worth nothing once its owner is there. */
async function runReplays(clinic: Harness): Promise<SocketCase[]> {
  const visit = clinic.api.add({ state: 'waiting' });
  const { organizationId, practitionerId } = visit;
  const clerk: DeskPerson = { organizationId, role: 'receptionist', practitionerId: null };
  const [seat, desk] = [await seatTicket(visit.patient), await deskTicket(clerk)];
  await (await clinic.sit(visit.patient, { ticket: seat })).event('welcome');
  await (await clinic.watch(clerk, desk)).ask('queue:watch', { practitionerId });

  const [atSeat, atDesk] = [
    await clinic.sit(visit.patient, { ticket: seat }),
    await clinic.watch(clerk, desk),
  ];
  return [
    { name: 'a seat ticket used again', expected: 'TICKET_USED', actual: (await atSeat.refused()).code },
    { name: 'a desk ticket used again', expected: 'TICKET_USED', actual: (await atDesk.refused()).code },
  ];
}
