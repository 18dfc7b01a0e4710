import { encodeFields, sha256 } from './canonical.ts';
import type { SigningKey } from './signing-key.ts';
import { digestOfRow, ENCODING_VERSION, markOf, type TrailRow } from './trail-row.ts';

/** What a seal's hash is made of. Instants are in milliseconds since 1970, as text. */
export interface SealContent {
  readonly version: number;
  readonly organizationId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  /** Of the earliest and the latest row. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly rowCount: number;
  /** See {@link markOf}: one for each row, in order of id. */
  readonly rowMarks: Buffer;
  /** Over the digests of the rows, in order of id. */
  readonly rowsDigest: Buffer;
  readonly previousHash: Buffer;
  readonly keyId: string;
  readonly sealedAt: string;
}

/** One link of an organization's chain. */
export interface Seal extends SealContent {
  readonly hash: Buffer;
  /** Ed25519 over the hash. */
  readonly signature: Buffer;
}

/** What the first seal of a chain follows. */
export const BEGINNING = Buffer.alloc(32);

export interface NewSeal {
  readonly organizationId: string;
  /** In order of id, at least one. */
  readonly rows: readonly TrailRow[];
  /** The newest of the chain so far. */
  readonly last: Pick<Seal, 'number' | 'hash'> | null;
  readonly sealedAt: Date;
  readonly key: SigningKey;
}

export function makeSeal({ organizationId, rows, last, sealedAt, key }: NewSeal): Seal {
  const digests = rows.map(digestOfRow);
  const instants = rows.map(({ at }) => Number(at));
  const content: SealContent = {
    version: ENCODING_VERSION,
    organizationId,
    number: (last?.number ?? 0) + 1,
    firstAt: String(instants.reduce((one, other) => Math.min(one, other))),
    lastAt: String(instants.reduce((one, other) => Math.max(one, other))),
    rowCount: rows.length,
    rowMarks: Buffer.concat(digests.map(markOf)),
    rowsDigest: sha256(...digests),
    previousHash: last?.hash ?? BEGINNING,
    keyId: key.keyId,
    sealedAt: String(sealedAt.getTime()),
  };
  const hash = hashOfSeal(content);
  return { ...content, hash, signature: key.sign(hash) };
}

export function hashOfSeal(seal: SealContent): Buffer {
  const { version, organizationId, number, firstAt, lastAt, rowCount, keyId, sealedAt } = seal;
  const bytes = [seal.rowMarks, seal.rowsDigest, seal.previousHash].map((part) => part.toString('hex'));
  return sha256(
    encodeFields([
      'audit-seal',
      String(version),
      organizationId,
      String(number),
      firstAt,
      lastAt,
      String(rowCount),
      ...bytes,
      keyId,
      sealedAt,
    ]),
  );
}
