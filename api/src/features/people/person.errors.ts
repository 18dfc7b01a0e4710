import { AppError } from '@careconnect/platform';

export const personErrors = {
  notFound: () =>
    new AppError('NOT_FOUND', 'There is no such person here. Reload the page to see the list as it is.'),
  yourself: () =>
    new AppError('FORBIDDEN', 'Nobody decides this about themselves. Please ask another administrator.'),
  removed: (name: string) =>
    new AppError('CONFLICT', `${name} was removed from your organization. Invite them to bring them back.`),
  patientStays: () =>
    new AppError(
      'CONFLICT',
      'A patient cannot be removed, because their record stays. You can suspend their account.',
    ),
  patientIsNoStaff: () =>
    new AppError(
      'CONFLICT',
      'This account is that of a patient. To work here, they need an account with another e-mail address.',
    ),
  worksForAll: () =>
    new AppError(
      'CONFLICT',
      'Somebody with this role cannot be kept to departments. Reload the page to see the list as it is.',
    ),
  areaUnknown: () =>
    new AppError(
      'NOT_FOUND',
      'One of these departments or locations is not there. Reload the page to see what is.',
    ),
  belongsElsewhere: () =>
    new AppError(
      'CONFLICT',
      'They sign in to another organization with the same account, so it is not yours to open. One of their recovery codes lets them in.',
    ),
  unknownCursor: () =>
    new AppError('VALIDATION_FAILED', 'This page of the list is gone. Start again from its first page.', {
      issues: [{ path: 'cursor', message: 'is not one that a page has given' }],
    }),
};
