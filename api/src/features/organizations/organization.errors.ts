import { AppError } from '@careconnect/platform';

export const organizationErrors = {
  notFound: () =>
    new AppError('NOT_FOUND', 'There is no such organization. Reload the page to see the list as it is.'),
  slugTaken: () =>
    new AppError(
      'SLUG_TAKEN',
      'Another organization has this short name already. Please choose another one.',
    ),
  /** From then on its people decide who joins them; nobody gets in from outside. */
  hasPeople: () =>
    new AppError(
      'CONFLICT',
      'Somebody has joined this organization already. Its own administrators invite everybody else.',
    ),
};
