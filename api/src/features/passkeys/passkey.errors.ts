import { PASSKEYS_MAX } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';

export const passkeyErrors = {
  /** The same for whatever was wrong: what exactly would help whoever tries. */
  refused: () =>
    new AppError(
      'PASSKEY_REFUSED',
      'This passkey was not accepted. Try again, or use another way to prove who you are.',
    ),
  known: () => new AppError('PASSKEY_KNOWN', 'This passkey is registered already.'),
  full: () =>
    new AppError('PASSKEYS_FULL', `There are ${PASSKEYS_MAX} passkeys already. Remove one that is not used.`),
  notOffered: () =>
    new AppError('PASSKEYS_NOT_OFFERED', 'Passkeys need a domain name and a secure connection.'),
  notFound: () => new AppError('NOT_FOUND', 'This passkey does not exist.'),
};
