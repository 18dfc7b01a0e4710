import { AppError } from '@careconnect/platform';

export const patientErrors = {
  notFound: () =>
    new AppError('NOT_FOUND', 'There is no such patient here. Check the link or search by name.'),
  unknownCursor: () =>
    new AppError('VALIDATION_FAILED', 'This page of the list is gone. Start again from its first page.', {
      issues: [{ path: 'cursor', message: 'is not one that a page has given' }],
    }),
};
