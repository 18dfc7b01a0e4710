import type { ApiEdge, ApiOptions } from './core/edge.ts';
import { createAnchoring } from './features/audit/anchors.ts';
import { createSealMetrics } from './features/audit/seal-metrics.ts';
import { createSealRepository } from './features/audit/seal.repository.ts';
import { createSealer } from './features/audit/sealer.ts';
import { createSealing, type Sealing } from './features/audit/sealing.ts';
import { createSigningKey } from './features/audit/signing-key.ts';

type SealingParts = Pick<ApiOptions, 'auditSigningKey' | 'auditAnchorEveryMs'> &
  Pick<ApiEdge, 'database' | 'anchors' | 'metrics' | 'clock' | 'log'>;

/** What seals the trail; see ADR 15. */
export function composeSealing(parts: SealingParts): Sealing {
  const { database, metrics, clock, log, anchors: store, auditAnchorEveryMs: anchorEveryMs } = parts;
  const seals = createSealRepository(database);
  createSealMetrics({ metrics, seals, log });
  const key = createSigningKey(parts.auditSigningKey);
  const anchoring = createAnchoring({ store, log });
  const sealer = createSealer({ seals, key, clock, onSeal: (seal) => anchoring.note(seal) });
  return createSealing({ sealer, anchoring, anchorEveryMs, publicKey: key.publicKey, clock, log });
}
