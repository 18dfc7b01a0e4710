import { PersonName, type SsoGroup, type StaffPost } from '@careconnect/contracts';
import { z } from 'zod';

/** OpenID Connect Core section 2: a subject has no more than 255 characters of ASCII. */
const SUBJECT_MAX_LENGTH = 255;

/** What is read of an ID token whose signature, issuer, audience, nonce and times have been verified. */
export const IdClaims = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(SUBJECT_MAX_LENGTH),
  email: z.email().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  amr: z.array(z.string()).catch([]),
  auth_time: z.number().nonnegative().optional().catch(undefined),
});
export type IdClaims = z.infer<typeof IdClaims>;

/** RFC 8176: `mfa` and `mca` say so, the others are something that one has. */
const SECOND_FACTORS = new Set(['mfa', 'mca', 'otp', 'hwk', 'sc']);

/** Whether the provider has asked for more than a password. */
export function hasSecondFactor({ amr }: Pick<IdClaims, 'amr'>): boolean {
  return amr.some((method) => SECOND_FACTORS.has(method));
}

/** True only where the provider says so in so many words. */
export function isEmailVerified(claims: Pick<IdClaims, 'email_verified'>): boolean {
  return claims.email_verified === true;
}

/** What somebody is here, by the first group of the list that is theirs. Null when none is. */
export function postOf(
  claims: IdClaims,
  { groupsClaim, groups }: { readonly groupsClaim: string; readonly groups: readonly SsoGroup[] },
): StaffPost | null {
  const found = z
    .union([z.string().transform((one) => [one]), z.array(z.unknown())])
    .catch([])
    .parse(claims[groupsClaim]);
  const mapped = groups.find(({ group }) => found.includes(group));
  if (!mapped) return null;
  return mapped.role === 'doctor'
    ? { role: mapped.role, specialty: mapped.specialty }
    : { role: mapped.role };
}

/** As they are called here when their account is made. Null when the provider does not say. */
export function nameOf({ name, preferred_username, email }: IdClaims): string | null {
  for (const candidate of [name, preferred_username, email]) {
    const parsed = PersonName.safeParse(candidate);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** When the provider last asked who it is; long ago where it does not say. */
export function provenAt({ auth_time }: Pick<IdClaims, 'auth_time'>, now: Date): Date {
  return new Date(Math.min(now.getTime(), (auth_time ?? 0) * 1_000));
}
