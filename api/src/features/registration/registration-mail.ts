import { letter } from '../../core/letter.ts';
import type { Mail } from '../../core/mailer.ts';
import { REGISTRATION_LINK_TTL_MINUTES } from './registration.ts';

export interface RegistrationMailFacts {
  readonly to: string;
  readonly clinicName: string;
  readonly link: string;
}

const LASTS = `This link works once, for ${REGISTRATION_LINK_TTL_MINUTES} minutes:`;
const OTHERWISE = 'If it was not you, there is nothing to do: without this link nothing happens.';

export function registrationMail({ to, clinicName, link }: RegistrationMailFacts): Mail {
  return letter({
    to,
    subject: `Your account with ${clinicName}`,
    name: null,
    before: [`somebody, most likely you, asked for an account with ${clinicName} under this address.`],
    button: { label: 'Make the account', href: link, hint: LASTS },
    after: [OTHERWISE],
  });
}

/** To somebody who is a member already. */
export function alreadyRegisteredMail({ to, clinicName, link }: RegistrationMailFacts): Mail {
  return letter({
    to,
    subject: `You have an account with ${clinicName}`,
    name: null,
    before: [
      `somebody, most likely you, asked for an account with ${clinicName} under this address. You have one already.`,
      'If you no longer know your password, the sign-in page helps you to a new one.',
    ],
    button: { label: 'Sign in', href: link, hint: 'This is the address of the sign-in page:' },
    after: ['If it was not you, there is nothing to do.'],
  });
}
