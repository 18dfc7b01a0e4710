import { AppError } from '@careconnect/platform';

export const ownDataErrors = {
  noRecord: () => new AppError('NOT_FOUND', 'You have no record here.'),
};
