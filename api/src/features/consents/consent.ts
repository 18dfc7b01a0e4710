import type { ConsentKind } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import type { StoredConsentText } from '../../core/consent-record.repository.ts';

/** One decision of a patient about one version. */
export interface StoredConsent extends Pick<
  Prisma.ConsentModel,
  'id' | 'decision' | 'means' | 'at' | 'performerUserId'
> {
  readonly text: StoredConsentText;
}

/** Where a patient stands with one kind. */
export interface ConsentState {
  readonly kind: ConsentKind;
  readonly current: StoredConsentText;
  /** Newest first. */
  readonly records: readonly StoredConsent[];
}

/** Every kind that the organization has published, with what the patient decided; newest record first. */
export function consentStates(
  current: readonly StoredConsentText[],
  records: readonly StoredConsent[],
): ConsentState[] {
  return current.map((text) => ({
    kind: text.kind,
    current: text,
    records: records.filter((record) => record.text.kind === text.kind),
  }));
}
