import type { Anchor } from '../../core/anchor-store.ts';
import type { VerifyingKey } from './signing-key.ts';
import { verifyChain, type Fault } from './verification.ts';
import type { VerificationRepository } from './verification.repository.ts';

/** A sealer needs about a second. */
const UNSEALED_MAX_SECONDS = 60;

export interface TrailToVerify {
  readonly trail: VerificationRepository;
  readonly organizationId: string;
  readonly keys: readonly VerifyingKey[];
  /** Of all organizations. */
  readonly anchors: readonly Anchor[];
  readonly onFault: (fault: Fault) => void;
  readonly onProgress?: (progress: { seals: number; ofSeals: number; rows: number }) => void;
}

export interface Verdict {
  readonly isGood: boolean;
  readonly rows: number;
  readonly seals: number;
  readonly newest: { readonly number: number; readonly sealedAt: string } | null;
  readonly unsealed: { readonly count: number; readonly seconds: number };
}

/** Verifies one organization's trail up to the newest seal that is there when it begins. */
export async function verifyTrail(asked: TrailToVerify): Promise<Verdict> {
  const { trail, organizationId, keys, onProgress } = asked;
  let isGood = true;
  const onFault = (fault: Fault): void => {
    isGood = false;
    asked.onFault(fault);
  };
  const newestNumber = await trail.newestNumber(organizationId);
  const unsealed = await trail.unsealed(organizationId);
  const { rows, seals, newest } = await verifyChain({
    seals: trail.seals(organizationId, newestNumber),
    rows: trail.rows(organizationId, newestNumber),
    keys,
    anchors: asked.anchors.filter((anchor) => anchor.organizationId === organizationId),
    onFault,
    onProgress: (sealsSoFar, rowsSoFar) =>
      onProgress?.({ seals: sealsSoFar, ofSeals: newestNumber, rows: rowsSoFar }),
  });
  if (unsealed.seconds > UNSEALED_MAX_SECONDS) onFault({ kind: 'rows-unsealed', ...unsealed });
  return { isGood, rows, seals, newest, unsealed };
}
