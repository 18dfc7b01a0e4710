import { AppError } from '@careconnect/platform';

export const credentialErrors = {
  linkInvalid: () =>
    new AppError(
      'LINK_INVALID',
      'This link was used before or is too old. Sign in and ask for a new one in your account.',
    ),
};
