import type { ConsentText, ConsentTextId } from '@careconnect/contracts';
import type { StoredConsentText } from './consent-record.repository.ts';

export function toConsentTextView({ id, publishedAt, ...text }: StoredConsentText): ConsentText {
  return { ...text, id: id as ConsentTextId, publishedAt: publishedAt.toISOString() };
}
