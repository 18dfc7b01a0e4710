import { z } from 'zod';

/**
 * Every error code the platform can answer with, and its one HTTP status.
 * Sockets carry the same codes without the status.
 */
export const ERROR_STATUS = {
  // what was sent
  VALIDATION_FAILED: 400,
  MALFORMED_JSON: 400,
  UNKNOWN_EVENT: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  // who sent it
  UNAUTHENTICATED: 401,
  SESSION_EXPIRED: 401,
  INVALID_CREDENTIALS: 401,
  CODE_WRONG: 401,
  SIGN_IN_EXPIRED: 401,
  PASSKEY_REFUSED: 401,
  SSO_EXPIRED: 401,
  SSO_DENIED: 401,
  SSO_REFUSED: 401,
  SSO_UNAVAILABLE: 503,
  SSO_NO_ROLE: 403,
  SSO_NO_ACCOUNT: 403,
  SSO_EMAIL_UNVERIFIED: 403,
  SSO_ACCOUNT_CLOSED: 403,
  SSO_NOT_LINKED: 403,
  SSO_ISSUER_INVALID: 422,
  CONFIRMATION_NEEDED: 403,
  OWN_SIGN_IN_NEEDED: 403,
  SECOND_FACTOR_NEEDED: 403,
  CSRF_FAILED: 403,
  FORBIDDEN: 403,
  ORGANIZATION_SUSPENDED: 403,
  LINK_INVALID: 400,
  PASSWORD_TOO_WEAK: 400,
  SECOND_FACTOR_KEPT: 409,
  SECOND_FACTOR_NOT_BEGUN: 409,
  CODES_NOT_OFFERED: 409,
  PHONE_INVALID: 400,
  PHONE_NOT_SERVED: 409,
  PHONE_TAKEN: 409,
  PASSKEY_KNOWN: 409,
  PASSKEYS_FULL: 409,
  PASSKEYS_NOT_OFFERED: 409,
  // what it was about
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  SLUG_TAKEN: 409,
  // charts
  CARE_RELATION_NEEDED: 403,
  ACTING_REFUSED: 403,
  CONSENT_OUTDATED: 409,
  ERASURE_BLOCKED: 409,
  // booking
  SLOT_TAKEN: 409,
  SLOT_NOT_OFFERED: 409,
  PATIENT_DOUBLE_BOOKED: 409,
  APPOINTMENT_NOT_CANCELLABLE: 409,
  WALK_IN_CLOSED: 409,
  WALK_IN_FULL: 409,
  // visits
  VISIT_NOT_FOUND: 404,
  VISIT_NOT_YOURS: 403,
  VISIT_OVER: 409,
  VISIT_FULL: 409,
  VISIT_TOO_EARLY: 409,
  CHAT_FULL: 409,
  ATTACHMENTS_FULL: 409,
  ATTACHMENT_REFUSED: 422,
  ATTACHMENT_UNCHECKED: 503,
  VISIT_NOT_STARTED: 409,
  VISIT_ON_HOLD: 409,
  VISIT_TRANSITION_REFUSED: 409,
  // seats and media
  TICKET_INVALID: 401,
  TICKET_USED: 401,
  SEAT_TAKEN: 409,
  NOT_IN_ROOM: 409,
  MEDIA_REFUSED: 409,
  SOURCE_NOT_ALLOWED: 403,
  SCREEN_TAKEN: 409,
  SENT_TOO_MUCH: 403,
  MEDIA_UNAVAILABLE: 503,
  // load and failure
  RATE_LIMITED: 429,
  UPSTREAM_UNAVAILABLE: 503,
  INTERNAL: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const ErrorCode = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]);

/** One field that was refused, as a JSON pointer-like path and a sentence. */
export const FieldIssue = z.object({ path: z.string(), message: z.string() });
export type FieldIssue = z.infer<typeof FieldIssue>;

/** What a problem is of, as RFC 9457 wants it: where the code is explained. */
export function problemType(code: ErrorCode): string {
  return `/api/docs#error-${code}`;
}

/** RFC 9457 problem details, as every HTTP error answers. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: ErrorCode,
  detail: z.string(),
  requestId: z.string(),
  retryAfterSeconds: z.number().int().positive().optional(),
  issues: z.array(FieldIssue).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The error half of every socket acknowledgement. */
export const SocketError = z.object({
  code: ErrorCode,
  message: z.string(),
  requestId: z.string(),
  issues: z.array(FieldIssue).optional(),
});
export type SocketError = z.infer<typeof SocketError>;

/** What every socket request is acknowledged with. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: SocketError };
