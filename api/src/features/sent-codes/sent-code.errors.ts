import { AppError } from '@careconnect/platform';

export const sentCodeErrors = {
  notOffered: () =>
    new AppError(
      'CODES_NOT_OFFERED',
      'No code can be sent this way. Use another way to show that it is you.',
    ),
  wrong: () =>
    new AppError('CODE_WRONG', 'This code is not right, too old, or was used before. Ask for a new one.'),
  kept: () =>
    new AppError(
      'SECOND_FACTOR_KEPT',
      'Your organization asks for a second step at sign-in, so it cannot be turned off.',
    ),
};
