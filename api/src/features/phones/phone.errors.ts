import { AppError } from '@careconnect/platform';

export const phoneErrors = {
  invalid: () =>
    new AppError(
      'PHONE_INVALID',
      'This is no mobile number. Write it with its country code, such as +92 300 1234567.',
    ),
  notServed: () =>
    new AppError(
      'PHONE_NOT_SERVED',
      'No text messages are sent to this country. Use a number of another one.',
    ),
  taken: () =>
    new AppError(
      'PHONE_TAKEN',
      'This number belongs to another account. Remove it there first, or use another number.',
    ),
};
