import { ENTER_BEFORE_MINUTES, PASSKEYS_MAX } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import { displayLocale } from '#lib/time/format.ts';
import { ApiError, type ApiErrorCode } from './api-error.ts';

/** What the person reads for each code. The platform's own sentences are for the log and for integrators. */
const WORDS: Readonly<Record<ApiErrorCode, (error: ApiError) => string>> = {
  OFFLINE: () => m.error_offline(),
  UNEXPECTED_ANSWER: () => m.error_unexpected_answer(),
  VALIDATION_FAILED: () => m.error_validation(),
  MALFORMED_JSON: () => m.error_general(),
  UNKNOWN_EVENT: () => m.error_page_too_old(),
  BODY_TOO_LARGE: () => m.error_validation(),
  UNSUPPORTED_MEDIA_TYPE: () => m.error_general(),
  UNAUTHENTICATED: () => m.error_signed_out(),
  SESSION_EXPIRED: () => m.error_signed_out(),
  INVALID_CREDENTIALS: () => m.error_credentials(),
  CODE_WRONG: () => m.error_code_wrong(),
  SIGN_IN_EXPIRED: () => m.error_sign_in_expired(),
  PASSKEY_NOT_USED: () => m.error_passkey_not_used(),
  PASSKEY_REFUSED: () => m.error_passkey_refused(),
  SSO_EXPIRED: () => m.error_sso_expired(),
  SSO_DENIED: () => m.error_sso_denied(),
  SSO_REFUSED: () => m.error_sso_refused(),
  SSO_UNAVAILABLE: () => m.error_sso_unavailable(),
  SSO_NO_ROLE: () => m.error_sso_no_role(),
  SSO_NO_ACCOUNT: () => m.error_sso_no_account(),
  SSO_EMAIL_UNVERIFIED: () => m.error_sso_email_unverified(),
  SSO_ACCOUNT_CLOSED: () => m.error_sso_account_closed(),
  SSO_NOT_LINKED: () => m.error_sso_not_linked(),
  SSO_ISSUER_INVALID: () => m.error_sso_issuer_invalid(),
  CONFIRMATION_NEEDED: () => m.error_confirmation_needed(),
  OWN_SIGN_IN_NEEDED: () => m.error_own_sign_in_needed(),
  SECOND_FACTOR_NEEDED: () => m.error_second_factor_needed(),
  SECOND_FACTOR_KEPT: () => m.error_second_factor_kept(),
  SECOND_FACTOR_NOT_BEGUN: () => m.error_second_factor_not_begun(),
  CODES_NOT_OFFERED: () => m.error_codes_not_offered(),
  PHONE_INVALID: () => m.error_phone_invalid(),
  PHONE_NOT_SERVED: () => m.error_phone_not_served(),
  PHONE_TAKEN: () => m.error_phone_taken(),
  PASSKEY_KNOWN: () => m.error_passkey_known(),
  PASSKEYS_FULL: () => m.error_passkeys_full({ max: PASSKEYS_MAX }),
  PASSKEYS_NOT_OFFERED: () => m.error_passkeys_not_offered(),
  ORGANIZATION_SUSPENDED: () => m.error_organization_suspended(),
  SLUG_TAKEN: () => m.error_slug_taken(),
  CSRF_FAILED: () => m.error_page_too_old(),
  FORBIDDEN: () => m.error_forbidden(),
  LINK_INVALID: () => m.error_link(),
  PASSWORD_TOO_WEAK: () => m.error_password_weak(),
  NOT_FOUND: () => m.error_not_found(),
  METHOD_NOT_ALLOWED: () => m.error_page_too_old(),
  CONFLICT: () => m.error_conflict(),
  CARE_RELATION_NEEDED: () => m.error_care_relation(),
  ERASURE_BLOCKED: () => m.error_erasure_blocked(),
  ACTING_REFUSED: () => m.error_acting_refused(),
  CONSENT_OUTDATED: () => m.error_consent_outdated(),
  SLOT_TAKEN: () => m.error_slot_taken(),
  SLOT_NOT_OFFERED: () => m.error_slot_not_offered(),
  PATIENT_DOUBLE_BOOKED: () => m.error_double_booked(),
  APPOINTMENT_NOT_CANCELLABLE: () => m.error_not_cancellable(),
  WALK_IN_CLOSED: () => m.error_walk_in_closed(),
  WALK_IN_FULL: () => m.error_walk_in_full(),
  VISIT_NOT_FOUND: () => m.error_visit_missing(),
  VISIT_NOT_YOURS: () => m.error_visit_not_yours(),
  VISIT_OVER: () => m.error_visit_over(),
  VISIT_FULL: () => m.error_visit_full(),
  CHAT_FULL: () => m.error_chat_full(),
  ATTACHMENTS_FULL: () => m.error_attachments_full(),
  ATTACHMENT_REFUSED: () => m.error_attachment_refused(),
  ATTACHMENT_UNCHECKED: () => m.error_attachment_unchecked(),
  VISIT_TOO_EARLY: () => m.error_visit_too_early({ minutes: ENTER_BEFORE_MINUTES }),
  VISIT_NOT_STARTED: () => m.error_visit_not_started(),
  VISIT_ON_HOLD: () => m.error_visit_on_hold(),
  VISIT_TRANSITION_REFUSED: () => m.error_visit_moved_on(),
  TICKET_INVALID: () => m.error_ticket(),
  TICKET_USED: () => m.error_ticket(),
  SEAT_TAKEN: () => m.error_seat_taken(),
  NOT_IN_ROOM: () => m.error_visit_moved_on(),
  MEDIA_REFUSED: () => m.error_media(),
  SOURCE_NOT_ALLOWED: () => m.error_source_not_allowed(),
  SCREEN_TAKEN: () => m.error_screen_taken(),
  SENT_TOO_MUCH: () => m.visit_notice_sent_too_much_text(),
  MEDIA_UNAVAILABLE: () => m.error_media(),
  RATE_LIMITED: ({ retryAfterSeconds }) => m.error_too_many({ wait: waitWords(retryAfterSeconds ?? 60) }),
  UPSTREAM_UNAVAILABLE: () => m.error_unavailable(),
  INTERNAL: () => m.error_general(),
};

/** What happened and what to do, in the language of the page. */
export function errorWords(error: unknown): string {
  return error instanceof ApiError ? WORDS[error.code](error) : m.error_general();
}

const MINUTES_FROM_SECONDS = 90;

function waitWords(seconds: number): string {
  const isLong = seconds >= MINUTES_FROM_SECONDS;
  const format = new Intl.NumberFormat(displayLocale(), {
    style: 'unit',
    unit: isLong ? 'minute' : 'second',
    unitDisplay: 'long',
  });
  return format.format(isLong ? Math.ceil(seconds / 60) : seconds);
}
