import { AVAILABILITY_MAX_DAYS } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';

export const providerErrors = {
  notFound: () => new AppError('NOT_FOUND', 'We cannot find this doctor. Please choose one from the list.'),
  walkInUnknown: () =>
    new AppError(
      'NOT_FOUND',
      'This link does not lead to a doctor. Please check it, or ask the clinic for a new one.',
    ),
  badSpan: () =>
    new AppError('VALIDATION_FAILED', 'Please ask for fewer days at a time.', {
      issues: [{ path: 'to', message: `must be 0 to ${AVAILABILITY_MAX_DAYS - 1} days after from` }],
    }),
};
