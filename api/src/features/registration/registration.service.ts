import type { OpenClinic, ReadConsent, RegistrationLink } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Background } from '../../core/background.ts';
import type { Credentials } from '../../core/credentials.ts';
import { isUpToDate } from '../../core/consent-record.repository.ts';
import { toConsentTextView } from '../../core/consent-view.ts';
import type { Mailer } from '../../core/mailer.ts';
import { registrationErrors } from './registration.errors.ts';
import { alreadyRegisteredMail, registrationMail } from './registration-mail.ts';
import type { NewAccount, NotMade, RegistrationRepository } from './registration.repository.ts';
import type { NewPatientAccount } from './registration.ts';

export interface Completion {
  readonly token: string;
  readonly patient: NewPatientAccount;
  readonly password: string;
  readonly consents: readonly ReadConsent[];
  readonly ip: string;
  readonly requestId: string;
}

export interface RegistrationServiceDeps {
  readonly registrations: RegistrationRepository;
  readonly credentials: Credentials;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly clock: Clock;
  readonly publicOrigin: string;
}

export interface RegistrationService {
  clinics(): Promise<OpenClinic[]>;
  /** The answer, and its time, are the same whether the address is known, new or nobody's. */
  request(clinic: string, email: string): void;
  /** Errors: LINK_INVALID. */
  check(token: string): Promise<RegistrationLink>;
  /** Errors: LINK_INVALID, PASSWORD_TOO_WEAK, INVALID_CREDENTIALS, CONFLICT, CONSENT_OUTDATED, RATE_LIMITED. */
  complete(completion: Completion): Promise<void>;
}

export function createRegistrationService(deps: RegistrationServiceDeps): RegistrationService {
  const { registrations, credentials, mailer, background, clock, publicOrigin } = deps;

  async function sendLink(clinic: string, email: string): Promise<void> {
    const begun = await registrations.begin(clinic, email, clock.now());
    if (!begun) return;
    const { clinicName, token } = begun;
    const isMember = await credentials.isMember(email, clinic);
    const mail = isMember
      ? alreadyRegisteredMail({ to: email, clinicName, link: `${publicOrigin}/sign-in` })
      : // Behind the hash sign, so that the token reaches no server's log and no Referer.
        registrationMail({ to: email, clinicName, link: `${publicOrigin}/register/complete#token=${token}` });
    await mailer.send(mail);
  }

  async function getUsable(token: string) {
    const usable = await registrations.findUsable(token, clock.now());
    if (!usable) throw registrationErrors.linkInvalid();
    return usable;
  }

  return {
    clinics: () => registrations.openClinics(),

    request(clinic, email) {
      background.runUnseen('registration mail', () => sendLink(clinic, email));
    },

    async check(token) {
      const { email, clinicName, consents } = await getUsable(token);
      const hasAccount = await credentials.exist(email);
      return { email, clinicName, hasAccount, consents: consents.map(toConsentTextView) };
    },

    async complete({ token, patient, password, consents, ip, requestId }) {
      const { email, consents: asked } = await getUsable(token);
      // Before a password is looked at, which takes long; what counts is asked again as the account is made.
      if (!isUpToDate(asked, consents)) throw registrationErrors.consentOutdated();
      const isNew = !(await credentials.exist(email));
      const passwordHash = isNew
        ? await credentials.choose(password, { email })
        : await credentials.prove({ email, password, ip });
      const account: NewAccount = {
        ...{ patient, passwordHash, isNew, consents, requestId },
        at: clock.now(),
      };
      const outcome = await registrations.complete(token, account);
      if (outcome !== 'made') throw WHY_NOT[outcome]();
    },
  };
}

const WHY_NOT: Readonly<Record<NotMade, () => Error>> = {
  linkInvalid: registrationErrors.linkInvalid,
  passwordReplaced: registrationErrors.passwordReplaced,
  memberAlready: registrationErrors.memberAlready,
  runsPlatform: registrationErrors.runsPlatform,
  consentOutdated: registrationErrors.consentOutdated,
};
