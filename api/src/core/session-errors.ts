import { AppError } from '@careconnect/platform';

/** Why a request is not, or no longer, that of somebody who is signed in and may make it. */
export const sessionErrors = {
  notSignedIn: () => new AppError('UNAUTHENTICATED', 'Please sign in to go on.'),
  expired: (cause?: string) =>
    new AppError('SESSION_EXPIRED', 'You were signed out. Please sign in again.', { cause }),
  notFromOurPage: () => new AppError('CSRF_FAILED', 'This page is out of date. Reload it and try again.'),
  notAllowed: () => new AppError('FORBIDDEN', 'Your account is not allowed to do this.'),
};
