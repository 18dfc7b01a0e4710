import type { CorrectableField } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';

export const correctionErrors = {
  notFound: () => new AppError('NOT_FOUND', 'There is no such patient here. Search by name.'),
  notYours: () =>
    new AppError(
      'FORBIDDEN',
      'Names and birth dates are corrected at the desk, with your papers beside them.',
    ),
  unreadable: () =>
    new AppError(
      'CONFLICT',
      'The stored phone number or e-mail address cannot be read, and would be lost. Report it, or change both.',
    ),
  changedMeanwhile: (fields: readonly CorrectableField[]) =>
    new AppError('CONFLICT', 'Somebody else has changed this meanwhile. Look at what is stored now.', {
      issues: fields.map((path) => ({ path, message: 'has changed meanwhile' })),
    }),
};
