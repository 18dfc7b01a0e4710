import type { Actor } from './actor.ts';
import type { Background } from './background.ts';
import { letter } from './letter.ts';
import type { Mailer } from './mailer.ts';

/** What happened to an account that its owner must hear of, in case it was not them. */
export type AccountEvent =
  | 'secondFactorSetUp'
  | 'secondFactorRemoved'
  | 'secondFactorReset'
  | 'recoveryCodesRenewed'
  | 'sentCodesTurnedOn'
  | 'sentCodesTurnedOff'
  | 'phoneChanged'
  | 'phoneRemoved'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'passwordChanged'
  | 'emailChanged'
  | 'singleSignOnLinked'
  | 'erased';

const WORDS: Readonly<Record<AccountEvent, { readonly subject: string; readonly what: string }>> = {
  secondFactorSetUp: {
    subject: 'A second step was added to your sign-in',
    what: 'an authenticator app was set up for your CareConnect account. From now on you are asked for its code when you sign in.',
  },
  secondFactorRemoved: {
    subject: 'The second step was removed from your sign-in',
    what: 'your CareConnect account no longer asks for the code of an authenticator app.',
  },
  secondFactorReset: {
    subject: 'An administrator removed the second step of your sign-in',
    what: 'an administrator of your clinic removed the authenticator app and the recovery codes of your CareConnect account, as is done for somebody who has lost them. You can set an app up again in your account.',
  },
  recoveryCodesRenewed: {
    subject: 'You have new recovery codes',
    what: 'new recovery codes were made for your CareConnect account. The earlier ones no longer work.',
  },
  sentCodesTurnedOn: {
    subject: 'A second step was added to your sign-in',
    what: 'from now on your CareConnect account asks for a code that is sent to you when you sign in. Never tell such a code to anyone. CareConnect will never ask for it.',
  },
  sentCodesTurnedOff: {
    subject: 'A second step was removed from your sign-in',
    what: 'codes that were sent to you one way no longer open your CareConnect account.',
  },
  phoneChanged: {
    subject: 'Your account has another phone number',
    what: 'your CareConnect account has another phone number now. Codes by text message go to it.',
  },
  phoneRemoved: {
    subject: 'The phone number was removed from your account',
    what: 'your CareConnect account has no phone number any more. Nothing is sent to it by text message.',
  },
  passkeyAdded: {
    subject: 'A passkey was added to your account',
    what: 'a passkey was added to your CareConnect account. Whoever has it can sign in with it, without your password. If you do not know it, remove it on the page “Your account”.',
  },
  passkeyRemoved: {
    subject: 'A passkey was removed from your account',
    what: 'a passkey was removed from your CareConnect account. It no longer opens it.',
  },
  passwordChanged: {
    subject: 'Your password was changed',
    what: 'a new password was set for your CareConnect account. All other devices were signed out.',
  },
  emailChanged: {
    subject: 'Your e-mail address was changed',
    what: 'your CareConnect account has another e-mail address now. This one no longer opens it.',
  },
  singleSignOnLinked: {
    subject: 'Your organization’s sign-in opens your account',
    what: 'you signed in to CareConnect with the sign-in of your organization for the first time. From now on it opens what you do there, and nothing of your account elsewhere.',
  },
  erased: {
    subject: 'Your data was erased',
    what: 'your clinic has erased you, as you asked: your account, how to reach you, and everything on its pages. What the law asks it to keep is locked away until its time is over. This is the last letter that you get.',
  },
};

const OTHERWISE =
  'If this was not you, set a new password at once on the sign-in page, and tell your clinic’s administrator.';

/** Letters to whoever owns an account, after what they tell of is stored. */
export interface AccountNotices {
  tell(owner: Pick<Actor, 'email' | 'name'>, event: AccountEvent): void;
}

export interface AccountNoticesDeps {
  readonly mailer: Mailer;
  readonly background: Background;
}

export function createAccountNotices({ mailer, background }: AccountNoticesDeps): AccountNotices {
  return {
    tell({ email: to, name }, event) {
      if (to === null) return;
      const { subject, what } = WORDS[event];
      const mail = letter({ to, subject, name, before: [what], after: [OTHERWISE] });
      background.run(`notice: ${event}`, () => mailer.send(mail));
    },
  };
}
