import type { CodeChannel, Language, OrganizationId } from '@careconnect/contracts';
import type { AskedOfPerson } from './second-factors.ts';

export interface CodeToSend {
  readonly asked: AskedOfPerson;
  /** Which of an organization's messages it is counted among. */
  readonly organizationId: OrganizationId;
  readonly channel: CodeChannel;
  /** An e-mail address, or a number in E.164. */
  readonly to: string;
  readonly name: string;
  readonly language: Language;
  readonly ip: string;
  /** `to` is not the person's phone yet, and the code is to make it that. */
  readonly isNewPhone?: boolean;
}

/** What is to be counted against somebody who types one. */
export interface TypedCode {
  readonly asked: AskedOfPerson;
  readonly channel: CodeChannel;
  readonly code: string;
}

/** Codes by e-mail and SMS. Wired in `auth.compose.ts`. */
export interface SentCodes {
  /**
   * Sends one in the place of the one before it. The answer does not wait for the gateway.
   * Errors: CODES_NOT_OFFERED; RATE_LIMITED when it is too early for another, or there were too many.
   */
  send(code: CodeToSend): Promise<{ readonly expiresAt: Date }>;
  /** False for one that is wrong, old, used, or was asked for by something else. */
  take(typed: TypedCode): Promise<boolean>;
  /** The number that a code has proved; null for a code that is none of these. */
  takeNewPhone(typed: Omit<TypedCode, 'channel'>): Promise<string | null>;
}
