import type { CodeMethod } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

const LENGTH: Readonly<Record<CodeMethod, number>> = { totp: 6, sms: 6, email: 6, recovery: 10 };
const MISSING = {
  totp: m.step_app_missing,
  sms: m.sent_missing,
  email: m.sent_missing,
  recovery: m.step_recovery_missing,
} as const;

/** What is wrong with a code as it was typed, or undefined when it may be right. */
export function codeError(method: CodeMethod, typed: string): string | undefined {
  const signs = typed.replaceAll(/[^0-9a-z]/gi, '').length;
  return signs === LENGTH[method] ? undefined : MISSING[method]();
}
