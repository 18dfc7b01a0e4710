import { AppError } from '@careconnect/platform';

/** Why a request is not, or no longer, that of somebody who is signed in and may make it. */
export const sessionErrors = {
  notSignedIn: () => new AppError('UNAUTHENTICATED', 'Please sign in to go on.'),
  expired: (cause?: string) =>
    new AppError('SESSION_EXPIRED', 'You were signed out. Please sign in again.', { cause }),
  notFromOurPage: () => new AppError('CSRF_FAILED', 'This page is out of date. Reload it and try again.'),
  confirmationNeeded: () =>
    new AppError('CONFIRMATION_NEEDED', 'Please confirm that it is you, and then try again.'),
  ownSignInNeeded: () =>
    new AppError(
      'OWN_SIGN_IN_NEEDED',
      'Your organization’s sign-in does not open this part of your account. Sign in with your own password to change it.',
    ),
  secondFactorNeeded: () =>
    new AppError(
      'SECOND_FACTOR_NEEDED',
      'Your organization asks for a second step at sign-in. Please set it up in your account to go on.',
    ),
  organizationSuspended: () =>
    new AppError(
      'ORGANIZATION_SUSPENDED',
      'This organization is suspended for now, so nobody can sign in to it or begin a visit. Please call it by phone.',
    ),
  notAllowed: () => new AppError('FORBIDDEN', 'Your account is not allowed to do this.'),
};
