import { MAX_DEPENDANTS } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';

export const relatedPersonErrors = {
  notFound: () => new AppError('NOT_FOUND', 'There is no such request here. Open it from the list.'),
  hasMoved: () =>
    new AppError('CONFLICT', 'This was decided meanwhile. Reload the list to see how it stands.'),
  tooMany: () =>
    new AppError(
      'CONFLICT',
      `You act for ${MAX_DEPENDANTS} people, or have asked to, which is as many as can be. Ask the front desk for help.`,
    ),
  keyUsed: () =>
    new AppError('CONFLICT', 'This was sent before with other details. Reload the page and try again.'),
  noRecord: () =>
    new AppError('NOT_FOUND', 'You have no record in this organization. Ask the front desk to make one.'),
  isOfAge: () =>
    new AppError(
      'VALIDATION_FAILED',
      'Somebody of age has a record of their own. Ask them, or the front desk.',
      {
        issues: [{ path: 'birthDate', message: 'must be of somebody who is not of age yet' }],
      },
    ),
};
