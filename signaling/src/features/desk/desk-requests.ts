import type { deskRequests, RequestHandlers } from '@careconnect/contracts';
import type { DeskTicketClaims } from '@careconnect/contracts/internal';
import { AppError } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import { queueRoom, type DeskSocket } from './desk-socket.ts';

export interface DeskPage {
  readonly claims: DeskTicketClaims;
  readonly socket: DeskSocket;
}

export function createDeskRequests(
  api: Pick<ApiClient, 'queue'>,
): RequestHandlers<typeof deskRequests, DeskPage> {
  return {
    'queue:watch': async ({ claims, socket }, { practitionerId }) => {
      if (!mayWatch(claims, practitionerId)) throw notYours();
      const entries = await api.queue(practitionerId, claims);
      await socket.join(queueRoom(claims.org, practitionerId));
      return { entries };
    },
  };
}

/**
 * A doctor watches their own queue; others any of their organization, of which api shows those to whoever is kept to
 * departments that are there.
 */
function mayWatch({ role, practitionerId: own }: DeskTicketClaims, practitionerId: string): boolean {
  switch (role) {
    case 'doctor':
      return own === practitionerId;
    case 'receptionist':
    case 'nurse':
    case 'admin':
      return true;
    case 'patient':
    case 'pharmacist':
    case 'platformAdmin':
      return false;
  }
}

function notYours(): AppError {
  return new AppError('FORBIDDEN', 'This waiting room belongs to someone else. Please open your own.');
}
