import type { CodeChannel, FactorMethod } from '@careconnect/contracts';

export interface StoredFactors {
  readonly totp: { readonly confirmedAt: Date } | null;
  /** How many. */
  readonly passkeys: number;
  readonly sentCodes: readonly CodeChannel[];
  readonly recoveryCodesLeft: number;
}

/**
 * What somebody is asked for, the best first. Where sent codes are not enough they are asked for only of whoever has
 * nothing better: more than a password, and yet no way around an app or a passkey.
 */
export function methodsOf(
  { totp, passkeys, sentCodes, recoveryCodesLeft }: StoredFactors,
  areSentCodesEnough: boolean,
): FactorMethod[] {
  const strong: FactorMethod[] = [
    ...(passkeys > 0 ? ['passkey' as const] : []),
    ...(totp ? ['totp' as const] : []),
  ];
  const isSentAsked = areSentCodesEnough || strong.length === 0;
  const methods = isSentAsked ? [...strong, ...sentCodes] : strong;
  return methods.length > 0 && recoveryCodesLeft > 0 ? [...methods, 'recovery'] : methods;
}
