import type { ConsentRecord, OwnConsent } from '@careconnect/contracts';

/** Where somebody stands with one kind of consent, as their page tells it. */
export type ConsentStanding =
  { readonly is: 'open' } | { readonly is: 'given' | 'renew' | 'withdrawn'; readonly last: ConsentRecord };

export function standingOf({ current, records }: OwnConsent): ConsentStanding {
  const [last] = records;
  if (!last) return { is: 'open' };
  if (last.decision === 'withdrawn') return { is: 'withdrawn', last };
  return { is: last.text.version === current.version ? 'given' : 'renew', last };
}
