import type { Background } from '../../core/background.ts';
import { letter } from '../../core/letter.ts';
import type { Mailer } from '../../core/mailer.ts';
import type { ChartOwner } from './emergency-access.ts';

export interface EmergencyNotice {
  /** After it is stored. Whoever has no address reads it in the portal, or hears it from the clinic. */
  tell(owner: ChartOwner): void;
}

export interface EmergencyNoticeDeps {
  readonly mailer: Mailer;
  readonly background: Background;
  readonly publicOrigin: string;
}

/**
 * A mailbox is read by others, too: the letter names neither the doctor, whose specialty may tell what somebody has, nor
 * what was stated.
 */
export function createEmergencyNotice({
  mailer,
  background,
  publicOrigin,
}: EmergencyNoticeDeps): EmergencyNotice {
  return {
    tell({ name, email: to, hasAccount, organizationName }) {
      if (to === null) return;
      const mail = letter({
        to,
        subject: 'A doctor opened your record',
        name,
        before: [
          `a doctor of ${organizationName} has opened parts of your record that are usually closed to them, as is allowed in an emergency. The doctor had to give a reason, and the clinic checks it.`,
        ],
        ...(hasAccount && {
          button: {
            label: 'Who opened my record',
            href: `${publicOrigin}/patient/record-access`,
            hint: 'Who it was, when and why, you can read here:',
          },
        }),
        after: [
          hasAccount
            ? 'If you have a question about it, please ask your clinic.'
            : 'Who it was, when and why, your clinic can tell you. Please ask them.',
        ],
      });
      background.run('notice: emergencyAccess', () => mailer.send(mail));
    },
  };
}
