import { generateSecret, generateURI, verifySync } from 'otplib';

/** RFC 6238 section 5.2: one step of 30 s back, for what the way and the typing take, and one ahead for a fast clock. */
const TOLERANCE_SECONDS = 30;

/** 160 bits, base32 (RFC 4226 section 4, R6). */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What an authenticator app reads from a QR code. SHA-1, six digits, 30 s: what every app knows. */
export function totpUri(
  secret: string,
  account: { readonly issuer: string; readonly label: string },
): string {
  return generateURI({ ...account, secret });
}

/** The time step that a code belongs to, counted from 1970 in 30 s; null when it is wrong or too old. */
export function stepOfCode(secret: string, typed: string, now: Date): number | null {
  const token = typed.replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token, epoch, epochTolerance: TOLERANCE_SECONDS });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
