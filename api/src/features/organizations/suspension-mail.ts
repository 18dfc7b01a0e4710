import { letter } from '../../core/letter.ts';
import type { Mail } from '../../core/mailer.ts';
import type { Administrator } from './organization.ts';

/** They cannot sign in to read it. */
export function suspendedMail(to: Administrator, clinicName: string, reason: string): Mail {
  return letter({
    to: to.email,
    subject: `${clinicName} is suspended`,
    name: to.name,
    before: [
      `those who run the platform have suspended ${clinicName}. Nobody can sign in to it until further notice. Visits that are under way go on until they end. Nothing was deleted.`,
      `The reason they gave: ${reason}`,
    ],
    after: [
      'Please tell patients who have an appointment, and ask those who run the platform what to do next.',
    ],
  });
}

export function reopenedMail(to: Administrator, clinicName: string, publicOrigin: string): Mail {
  return letter({
    to: to.email,
    subject: `${clinicName} is open again`,
    name: to.name,
    before: [`those who run the platform have opened ${clinicName} again. Everybody can sign in as before.`],
    button: { label: 'Sign in', href: `${publicOrigin}/sign-in`, hint: 'Everybody signs in anew, here:' },
  });
}
