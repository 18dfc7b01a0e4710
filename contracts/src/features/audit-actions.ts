import { z } from 'zod';

/** Everything that leaves a trace: the area, and what was done there, as a command. */
const AUDITED = {
  appointment: ['list', 'read', 'create', 'cancel'],
  attachment: ['begin', 'read'],
  audit: ['search', 'export', 'readOwn'],
  auth: [
    'signIn',
    'signOut',
    'confirm',
    'register',
    'resetPassword',
    'changePassword',
    'askEmailChange',
    'changeEmail',
    'setUpSecondFactor',
    'removeSecondFactor',
    'renewRecoveryCodes',
    'addPasskey',
    'removePasskey',
    'linkSingleSignOn',
  ],
  chat: ['read', 'send'],
  organization: ['changeSecurity', 'changeSingleSignOn', 'removeSingleSignOn'],
  emergencyAccess: ['open', 'search', 'review'],
  consent: ['give', 'withdraw', 'publish'],
  ownData: ['export'],
  patient: ['search', 'read', 'create'],
  people: [
    'search',
    'invite',
    'cancelInvitation',
    'acceptInvitation',
    'joinBySingleSignOn',
    'suspend',
    'resume',
    'remove',
    'changeRole',
    'resetSecondFactor',
  ],
  quality: ['watch', 'list', 'export'],
  queue: ['read', 'watch'],
  visit: [
    'list',
    'read',
    'readRecord',
    'readQuality',
    'create',
    'walkIn',
    'joinTicket',
    'takeSeat',
    'join',
    'leave',
    'checkIn',
    'start',
    'hold',
    'end',
    'summarise',
    'cancel',
    'markNoShow',
  ],
} as const;
type Areas = typeof AUDITED;

export type AuditAction = { [Area in keyof Areas]: `${Area}.${Areas[Area][number]}` }[keyof Areas];
export const AuditAction = z.enum(
  Object.entries(AUDITED).flatMap(([area, verbs]) => verbs.map((verb) => `${area}.${verb}` as AuditAction)),
);
