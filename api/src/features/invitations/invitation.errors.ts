import { AppError } from '@careconnect/platform';

const HOUR_SECONDS = 3_600;

export const invitationErrors = {
  notFound: () =>
    new AppError('NOT_FOUND', 'There is no such invitation. Reload the page to see the list as it is.'),
  linkInvalid: () =>
    new AppError(
      'LINK_INVALID',
      'This invitation was used before, taken back, or is too old. Ask your clinic’s administrator for a new one.',
    ),
  isPatient: () =>
    new AppError(
      'CONFLICT',
      'This address belongs to a patient of the clinic. To work here, they need an account with another e-mail address.',
    ),
  isSuspended: () =>
    new AppError(
      'CONFLICT',
      'This account is suspended at the clinic. An administrator can let it sign in again.',
    ),
  memberAlready: () => new AppError('CONFLICT', 'This address belongs to somebody who works here already.'),
  notApart: () =>
    new AppError(
      'CONFLICT',
      'Whoever runs the platform does so with an account of its own. Please use another e-mail address.',
    ),
  passwordReplaced: () =>
    new AppError('INVALID_CREDENTIALS', 'Your password was changed a moment ago. Please try the new one.'),
  tooManyMails: () =>
    new AppError('RATE_LIMITED', 'This address was sent many mails lately. Please try again in an hour.', {
      retryAfterSeconds: HOUR_SECONDS,
    }),
};
