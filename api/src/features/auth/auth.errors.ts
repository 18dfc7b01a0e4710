import { AppError } from '@careconnect/platform';

export const authErrors = {
  invalidCredentials: () =>
    new AppError(
      'INVALID_CREDENTIALS',
      'The e-mail address or the password is not right. Check both and try again.',
    ),
  resetTokenInvalid: () =>
    new AppError('RESET_TOKEN_INVALID', 'This link was used before or is too old. Ask for a new one.'),
  passwordTooWeak: (reason: string) =>
    new AppError('PASSWORD_TOO_WEAK', `This password ${reason}. Please choose another one.`),
};
