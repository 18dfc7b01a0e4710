import type { Logger } from '@careconnect/platform';
import type { Anchor, AnchorStore } from '../../core/anchor-store.ts';
import type { Seal } from './seal.ts';

export interface Anchoring {
  /** The chain of its organization has it now. */
  note(seal: Seal): void;
  /** Keeps the newest seal of each chain that has moved. */
  write(): Promise<void>;
}

export function createAnchoring({
  store,
  log,
}: {
  store: AnchorStore;
  log: Pick<Logger, 'info'>;
}): Anchoring {
  const moved = new Map<string, Seal>();
  return {
    note: (seal) => void moved.set(seal.organizationId, seal),
    async write() {
      const seals = [...moved.values()];
      if (seals.length === 0) return;
      const anchors = seals.map(toAnchor);
      for (const anchor of anchors) log.info({ anchor }, 'the trail is anchored');
      await store.append(anchors);
      for (const seal of seals)
        if (moved.get(seal.organizationId) === seal) moved.delete(seal.organizationId);
    },
  };
}

function toAnchor({ organizationId, number, hash, sealedAt, signature, keyId }: Seal): Anchor {
  return {
    organizationId,
    number,
    hash: hash.toString('hex'),
    sealedAt: new Date(Number(sealedAt)).toISOString(),
    signature: signature.toString('base64url'),
    keyId,
  };
}
