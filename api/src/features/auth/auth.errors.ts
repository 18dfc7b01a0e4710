import { AppError } from '@careconnect/platform';

/** Longer than those who wait already take. */
const BUSY_SECONDS = 3;

export const authErrors = {
  invalidCredentials: () =>
    new AppError(
      'INVALID_CREDENTIALS',
      'The e-mail address or the password is not right. Check both and try again.',
    ),
  passwordWrong: () =>
    new AppError('INVALID_CREDENTIALS', 'This password is not right. Check it and try again.'),
  codeAsked: () =>
    new AppError('CODE_WRONG', 'Please confirm with your passkey or a code in place of the password.'),
  signInExpired: () =>
    new AppError(
      'SIGN_IN_EXPIRED',
      'This sign-in took too long or had too many tries. Please begin again with your password.',
    ),
  manyAtOnce: () =>
    new AppError(
      'RATE_LIMITED',
      `Very many people are signing in right now. Please wait ${BUSY_SECONDS} seconds and try again.`,
      { retryAfterSeconds: BUSY_SECONDS },
    ),
  linkInvalid: () =>
    new AppError('LINK_INVALID', 'This link was used before or is too old. Ask for a new one.'),
  passwordTooWeak: (reason: string) =>
    new AppError('PASSWORD_TOO_WEAK', `This password ${reason}. Please choose another one.`),
};
