import { AppError } from '@careconnect/platform';

export const trailErrors = {
  noRecord: () =>
    new AppError('NOT_FOUND', 'You have no record here, so there is nothing that anybody opened.'),
  tooManyNames: (field: 'person' | 'patient', most: number) =>
    new AppError('VALIDATION_FAILED', `More than ${most} people have this name. Type more of it.`, {
      issues: [{ path: field, message: `fits more than ${most} people` }],
    }),
};
