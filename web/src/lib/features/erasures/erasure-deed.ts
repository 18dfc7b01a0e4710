import { endpoints, type Erasure, type FhirBundle } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';
import { m } from '#lib/paraglide/messages.js';

/** What an administrator can do about a request. */
export type ErasureDeed = 'accept' | 'refuse' | 'readHeld';

interface DeedWords {
  readonly label: () => string;
  readonly title: () => string;
  readonly text: () => string;
  /** What is to be typed; null where nothing is. */
  readonly reason: (() => string) | null;
  readonly isDangerous: boolean;
}

export const ERASURE_DEEDS: Readonly<Record<ErasureDeed, DeedWords>> = {
  accept: {
    label: m.erasure_accept,
    title: m.erasure_accept_title,
    text: m.erasure_accept_text,
    reason: null,
    isDangerous: true,
  },
  refuse: {
    label: m.erasure_refuse,
    title: m.erasure_refuse_title,
    text: m.erasure_refuse_text,
    reason: m.erasure_refuse_reason,
    isDangerous: false,
  },
  readHeld: {
    label: m.erasure_read,
    title: m.erasure_read_title,
    text: m.erasure_read_text,
    reason: m.erasure_read_reason,
    isDangerous: false,
  },
};

/** Answers with the record where it is what was asked for. */
export async function carryOut(
  deed: ErasureDeed,
  { id: erasureId }: Pick<Erasure, 'id'>,
  reason: string,
): Promise<FhirBundle | null> {
  const api = createApiClient();
  const params = { erasureId };
  if (deed === 'readHeld') return api.call(endpoints.erasures.readHeld, { params, body: { reason } });
  if (deed === 'accept') await api.call(endpoints.erasures.accept, { params });
  else await api.call(endpoints.erasures.refuse, { params, body: { reason } });
  return null;
}
