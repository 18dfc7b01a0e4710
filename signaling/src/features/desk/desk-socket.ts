import type {
  deskEvents,
  OrganizationId,
  PractitionerId,
  PushEvents,
  SessionId,
} from '@careconnect/contracts';
import type { DeskTicketClaims } from '@careconnect/contracts/internal';
import type { Namespace, Socket } from 'socket.io';

interface DeskSocketData {
  claims?: DeskTicketClaims;
}

type NoEvents = Record<never, never>;
export type DeskSocket = Socket<NoEvents, PushEvents<typeof deskEvents>, NoEvents, DeskSocketData>;
export type DeskNamespace = Namespace<NoEvents, PushEvents<typeof deskEvents>, NoEvents, DeskSocketData>;

/** The Socket.IO room of everyone who watches one doctor's queue. The tenant is part of its name. */
export function queueRoom(organizationId: OrganizationId, practitionerId: PractitionerId): string {
  return `queue:${organizationId}:${practitionerId}`;
}

/** The Socket.IO room of everyone who is here through one session. */
export function sessionRoom(sessionId: SessionId): string {
  return `session:${sessionId}`;
}
