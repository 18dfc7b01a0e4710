import { AppError } from '@careconnect/platform';

export const secondFactorErrors = {
  codeWrong: () =>
    new AppError(
      'CODE_WRONG',
      'This code is not right, too old, or was used before. Wait for the next code of your app and type that one.',
    ),
  notBegun: () =>
    new AppError(
      'SECOND_FACTOR_NOT_BEGUN',
      'No authenticator app is set up here. Begin again with the QR code.',
    ),
  kept: () =>
    new AppError(
      'SECOND_FACTOR_KEPT',
      'Your organization asks for a second step at sign-in, so it cannot be turned off. You can move it to another phone.',
    ),
};
