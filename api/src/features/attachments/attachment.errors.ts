import { VISIT_MAX_ATTACHMENTS } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';

export const attachmentErrors = {
  /** Also for one that exists but that this person may not know of. */
  notFound: () => new AppError('NOT_FOUND', 'We cannot find this recording. Please send it again.'),
  full: () =>
    new AppError(
      'ATTACHMENTS_FULL',
      `This visit has ${VISIT_MAX_ATTACHMENTS} recordings and pictures, which is as many as it can keep. Please write the rest.`,
    ),
  notThisType: () =>
    new AppError('ATTACHMENT_REFUSED', 'This file is not what its name says. Please record it again.'),
  notOnlyPicture: () =>
    new AppError(
      'ATTACHMENT_REFUSED',
      'This picture holds more than what it shows, such as the place where it was taken. Please send it without that.',
    ),
  infected: () =>
    new AppError(
      'ATTACHMENT_REFUSED',
      'This file holds a virus, so it was thrown away and nobody has seen it. Please send another one.',
    ),
  unchecked: (cause: unknown) =>
    new AppError(
      'ATTACHMENT_UNCHECKED',
      'Your file has arrived and cannot be checked for viruses right now. Nobody sees it until that is done; it is tried again by itself.',
      { cause },
    ),
  wrongLength: () =>
    new AppError('VALIDATION_FAILED', 'This is not a part of the recording. Ask where to go on.', {
      issues: [{ path: 'body', message: 'must be whole steps, or all that is missing' }],
    }),
};
