import { letter } from '../../core/letter.ts';
import type { Mail } from '../../core/mailer.ts';
import { EMAIL_LINK_TTL_MINUTES } from './credential.repository.ts';

export function emailChangeMail({ to, name, link }: { to: string; name: string; link: string }): Mail {
  return letter({
    to,
    subject: 'Confirm your new e-mail address',
    name,
    before: ['you asked to sign in to CareConnect with this address from now on.'],
    button: {
      label: 'Use this address',
      href: link,
      hint: `This link works once, for ${EMAIL_LINK_TTL_MINUTES} minutes:`,
    },
    after: ['If it was not you, there is nothing to do: without this link nothing changes.'],
  });
}

/** To whom the address belongs, when somebody else asks for it. */
export function addressInUseMail({ to }: { to: string }): Mail {
  return letter({
    to,
    subject: 'This address has a CareConnect account',
    name: null,
    before: [
      'somebody who is signed in to another CareConnect account asked to use this address for it. It belongs to an account already, so nothing was changed.',
    ],
    after: ['If it was you, sign in to the account that has this address, and change it there first.'],
  });
}
