import type { AuditAction } from '@careconnect/contracts';

/** What an action is in FHIR. */
export type Interaction =
  'read' | 'search' | 'create' | 'update' | 'export' | 'login' | 'logout' | 'credentials';

const INTERACTIONS: Readonly<Record<AuditAction, Interaction>> = {
  'appointment.list': 'search',
  'appointment.read': 'read',
  'appointment.create': 'create',
  'appointment.cancel': 'update',
  'attachment.begin': 'create',
  'attachment.read': 'read',
  'audit.search': 'search',
  'audit.export': 'export',
  'audit.readOwn': 'search',
  'auth.signIn': 'login',
  'auth.signOut': 'logout',
  'auth.confirm': 'login',
  'auth.register': 'credentials',
  'auth.resetPassword': 'credentials',
  'auth.changePassword': 'credentials',
  'auth.askEmailChange': 'credentials',
  'auth.changeEmail': 'credentials',
  'auth.setUpSecondFactor': 'credentials',
  'auth.removeSecondFactor': 'credentials',
  'auth.renewRecoveryCodes': 'credentials',
  'chat.read': 'search',
  'chat.send': 'create',
  'patient.search': 'search',
  'patient.read': 'read',
  'patient.create': 'create',
  'quality.watch': 'search',
  'quality.list': 'search',
  'quality.export': 'export',
  'queue.read': 'search',
  'queue.watch': 'search',
  'visit.list': 'search',
  'visit.read': 'read',
  'visit.readRecord': 'read',
  'visit.readQuality': 'read',
  'visit.create': 'create',
  'visit.walkIn': 'create',
  'visit.joinTicket': 'update',
  'visit.takeSeat': 'update',
  'visit.join': 'update',
  'visit.leave': 'update',
  'visit.checkIn': 'update',
  'visit.start': 'update',
  'visit.hold': 'update',
  'visit.end': 'update',
  'visit.summarise': 'update',
  'visit.cancel': 'update',
  'visit.markNoShow': 'update',
};

/** Null for what an older version did. */
export function interactionOf(action: string): Interaction | null {
  return action in INTERACTIONS ? INTERACTIONS[action as AuditAction] : null;
}
