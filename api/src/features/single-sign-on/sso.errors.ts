import { AppError } from '@careconnect/platform';

export const ssoErrors = {
  notOffered: () =>
    new AppError('NOT_FOUND', 'There is no sign-in of an organization here. Check the address.'),
  expired: (cause?: string) =>
    new AppError(
      'SSO_EXPIRED',
      'This sign-in was used before, took too long, or was begun in another browser. Please begin again.',
      { cause },
    ),
  denied: () =>
    new AppError('SSO_DENIED', 'Your organization’s sign-in has not let you in. You can try again.'),
  refused: (cause?: unknown) =>
    new AppError(
      'SSO_REFUSED',
      'What your organization’s sign-in has sent is not good here. Please begin again.',
      { cause },
    ),
  unavailable: (cause?: unknown) =>
    new AppError('SSO_UNAVAILABLE', 'Your organization’s sign-in does not answer. Try again in a moment.', {
      cause,
    }),
  noRole: () =>
    new AppError(
      'SSO_NO_ROLE',
      'None of your groups has a role here. Ask your organization’s administrator for one.',
    ),
  noAccount: () =>
    new AppError(
      'SSO_NO_ACCOUNT',
      'Nobody who works here has your address. Ask your organization’s administrator for an invitation.',
    ),
  emailUnverified: () =>
    new AppError(
      'SSO_EMAIL_UNVERIFIED',
      'Your organization’s sign-in has not verified your address, so we cannot tell who you are here.',
    ),
  accountClosed: () =>
    new AppError('SSO_ACCOUNT_CLOSED', 'Your account here is suspended or was removed by an administrator.'),
  notLinked: () =>
    new AppError(
      'SSO_NOT_LINKED',
      'This account is not opened by your organization’s sign-in. Sign in with your password.',
    ),
  issuerInvalid: (why: string, cause?: unknown) =>
    new AppError('SSO_ISSUER_INVALID', `This identity provider cannot be used: ${why}`, {
      cause,
      issues: [{ path: 'issuer', message: why }],
    }),
  secretNeeded: () =>
    new AppError('VALIDATION_FAILED', 'Another provider or client needs its own secret.', {
      issues: [{ path: 'clientSecret', message: 'is missing' }],
    }),
};
