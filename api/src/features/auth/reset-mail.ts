import { letter } from '../../core/letter.ts';
import type { Mail } from '../../core/mailer.ts';

export const RESET_LINK_TTL_MINUTES = 30;

export interface ResetMailFacts {
  readonly to: string;
  readonly name: string;
  readonly link: string;
}

export function resetMail({ to, name, link }: ResetMailFacts): Mail {
  return letter({
    to,
    subject: 'Set a new password',
    name,
    before: ['somebody, most likely you, asked to set a new password for your CareConnect account.'],
    button: {
      label: 'Set a new password',
      href: link,
      hint: `This link works once, for ${RESET_LINK_TTL_MINUTES} minutes:`,
    },
    after: ['If it was not you, there is nothing to do: your password stays as it is.'],
  });
}
