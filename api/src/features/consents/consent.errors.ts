import { AppError } from '@careconnect/platform';

export const consentErrors = {
  noRecord: () => new AppError('NOT_FOUND', 'You have no record here that a consent could belong to.'),
  notPublished: () => new AppError('NOT_FOUND', 'Your clinic asks for no such consent.'),
  outdated: () =>
    new AppError('CONSENT_OUTDATED', 'There is a newer version of this text. Please read it, then decide.'),
};
