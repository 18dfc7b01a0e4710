import { describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { ApiError, type ApiErrorCode } from './api-error.ts';
import { errorWords } from './error-words.ts';

function anError(code: ApiErrorCode, retryAfterSeconds: number | null = null): ApiError {
  const detail = 'Ein Satz, den nur die Plattform spricht.';
  return new ApiError({ code, detail, status: 409, requestId: 'r-1', issues: [], retryAfterSeconds });
}

describe('errorWords', () => {
  it('speaks the language of the page, not that of the platform', () => {
    expect(errorWords(anError('SLOT_TAKEN'))).toBe(m.error_slot_taken());
    expect(errorWords(anError('OFFLINE'))).toBe(m.error_offline());
  });

  it('says how long to wait', () => {
    expect(errorWords(anError('RATE_LIMITED', 30))).toContain('30 seconds');
    expect(errorWords(anError('RATE_LIMITED', 125))).toContain('3 minutes');
    expect(errorWords(anError('RATE_LIMITED'))).toContain('60 seconds');
  });

  it('keeps what it does not know to itself', () => {
    expect(errorWords(new TypeError('cannot read properties of undefined'))).toBe(m.error_general());
  });
});
