import { AppError } from '@careconnect/platform';

export const emergencyAccessErrors = {
  patientUnknown: () =>
    new AppError('NOT_FOUND', 'There is no such patient here. Check the link or search by name.'),
  isOpen: () =>
    new AppError(
      'CONFLICT',
      'This chart is open to you already. Once it has closed, you can state a reason again.',
    ),
  notFound: () => new AppError('NOT_FOUND', 'There is no such emergency access here. Open it from the list.'),
  isReviewed: () =>
    new AppError('CONFLICT', 'Somebody has reviewed this already. Reload the list to see their note.'),
  ownAccess: () =>
    new AppError('FORBIDDEN', 'You opened this chart yourself. Ask another administrator to review it.'),
};
