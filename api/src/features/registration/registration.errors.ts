import { AppError } from '@careconnect/platform';

export const registrationErrors = {
  linkInvalid: () =>
    new AppError('LINK_INVALID', 'This link was used before or is too old. Ask for a new one.'),
  passwordReplaced: () =>
    new AppError('INVALID_CREDENTIALS', 'Your password was changed a moment ago. Please try the new one.'),
  consentOutdated: () =>
    new AppError(
      'CONSENT_OUTDATED',
      'The clinic asks to agree to its texts in their newest version. Open the link again to read them.',
    ),
  runsPlatform: () =>
    new AppError(
      'CONFLICT',
      'This account runs the platform and can be nothing else. Please use another e-mail address.',
    ),
  memberAlready: () =>
    new AppError('CONFLICT', 'You have an account with this clinic already. Please sign in with it.'),
};
