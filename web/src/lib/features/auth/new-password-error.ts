import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

/** What is wrong with the length of a new password, or undefined; how easy it is to guess the platform says. */
export function newPasswordError({ length }: string, min = PASSWORD_MIN_LENGTH): string | undefined {
  const max = PASSWORD_MAX_LENGTH;
  return length >= min && length <= max ? undefined : m.reset_length({ min, max });
}
