import { AppError } from '@careconnect/platform';

export const erasureErrors = {
  noRecord: () => new AppError('NOT_FOUND', 'You have no record here.'),
  notFound: () => new AppError('NOT_FOUND', 'There is no such request here.'),
  notHeld: () => new AppError('NOT_FOUND', 'No record is held for this request, or no more.'),
  decided: () => new AppError('CONFLICT', 'Somebody has decided about this request already.'),
  hasCareToCome: () =>
    new AppError('ERASURE_BLOCKED', 'The patient has a visit to come or under way. End or cancel it first.'),
  unreadable: () =>
    new AppError(
      'ERASURE_BLOCKED',
      'Something in the record cannot be read, and would be lost. Report it first.',
    ),
};
