import { INVITATION_TTL_DAYS, type InvitedRole } from '@careconnect/contracts';
import { letter } from '../../core/letter.ts';
import type { Mail } from '../../core/mailer.ts';

export interface InvitationMailFacts {
  readonly to: string;
  readonly name: string;
  readonly role: InvitedRole;
  readonly clinicName: string;
  readonly invitedBy: string;
  readonly link: string;
}

const AS: Readonly<Record<InvitedRole, string>> = {
  doctor: 'a doctor',
  receptionist: 'a receptionist',
  pharmacist: 'a pharmacist',
  admin: 'an administrator',
  platformAdmin: 'an administrator of the platform',
  nurse: 'a nurse',
};

/** Behind the hash sign, so that the token reaches no server's log and no Referer. */
export function invitationLink(publicOrigin: string, token: string): string {
  return `${publicOrigin}/accept-invitation#token=${token}`;
}

export function invitationMail({ to, name, role, clinicName, invitedBy, link }: InvitationMailFacts): Mail {
  return letter({
    to,
    subject: `${clinicName} invites you`,
    name,
    before: [`${invitedBy} invites you to work with ${clinicName} on CareConnect, as ${AS[role]}.`],
    button: {
      label: 'Accept the invitation',
      href: link,
      hint: `This link works once, for ${INVITATION_TTL_DAYS} days:`,
    },
    after: [
      'If you do not know why you were invited, there is nothing to do: without this link nothing happens.',
    ],
  });
}
