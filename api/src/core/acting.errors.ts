import { AppError } from '@careconnect/platform';

export const actingErrors = {
  /** The same for somebody who is not there: ids tell nothing. */
  refused: () =>
    new AppError(
      'ACTING_REFUSED',
      'You cannot do this for this person, or not any more. Choose yourself, or ask them or the front desk.',
    ),
};
