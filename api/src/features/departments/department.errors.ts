import { AppError } from '@careconnect/platform';

export const departmentErrors = {
  noLocation: () => new AppError('NOT_FOUND', 'There is no such location here, or no more.'),
  noDepartment: () => new AppError('NOT_FOUND', 'There is no such department here, or no more.'),
  noDoctor: () => new AppError('NOT_FOUND', 'One of these doctors does not work here.'),
  nameTaken: () =>
    new AppError('CONFLICT', 'Another one is called so already.', {
      issues: [{ path: 'name', message: 'is taken' }],
    }),
  inUse: () =>
    new AppError(
      'CONFLICT',
      'Somebody works there or is kept to it, or there are departments. Move them elsewhere first.',
    ),
};
