import { Email } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

/** What is wrong with an address as it was typed, or undefined when nothing is. */
export function emailError(typed: string): string | undefined {
  return Email.safeParse(typed).success ? undefined : m.sign_in_email_missing();
}
