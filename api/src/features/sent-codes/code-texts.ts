import { SENT_CODE_MINUTES, type Language } from '@careconnect/contracts';
import { letter } from '../../core/letter.ts';
import type { Mail } from '../../core/mailer.ts';

/** One segment each: 160 characters of GSM-7, 70 of UCS-2. A longer one costs twice, and may come in two pieces. */
const SMS: Readonly<Record<Language, (code: string) => string>> = {
  en: (code) =>
    `${code} is your CareConnect code. Never tell this code to anyone. CareConnect will never ask for it.`,
  ur: (code) => `CareConnect کوڈ: ${code}\nیہ کسی کو نہ بتائیں۔ ہم یہ کبھی نہیں پوچھتے۔`,
};

const PHONE_CHANGED: Readonly<Record<Language, string>> = {
  en: 'Your CareConnect account has another phone now. If this was not you, set a new password at once and tell your clinic.',
  ur: 'CareConnect پر آپ کا فون بدل گیا۔ آپ نے نہیں بدلا تو پاس ورڈ بدلیں۔',
};

export function codeSms(code: string, language: Language): string {
  return SMS[language](code);
}

/** To the phone before it. */
export function phoneChangedSms(language: Language): string {
  return PHONE_CHANGED[language];
}

export function codeMail({ to, name, code }: { to: string; name: string; code: string }): Mail {
  return letter({
    to,
    // Without the code: a locked screen shows subjects.
    subject: 'Your CareConnect code',
    name,
    before: [
      `your code is ${code}. Type it on the page that asks for it. It works once, for ${SENT_CODE_MINUTES} minutes.`,
    ],
    after: [
      'Never tell this code to anyone. CareConnect will never ask for it.',
      'If you are not signing in now, somebody may know your password: set a new one on the sign-in page.',
    ],
  });
}
