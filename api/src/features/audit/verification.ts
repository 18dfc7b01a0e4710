import type { Anchor } from '../../core/anchor-store.ts';
import { sha256 } from './canonical.ts';
import { compareRows, type MarkedRow, type RowFault } from './row-comparison.ts';
import { BEGINNING, hashOfSeal, type Seal } from './seal.ts';
import type { VerifyingKey } from './signing-key.ts';
import { digestOfRow, ENCODING_VERSION, MARK_BYTES, markOf, type TrailRow } from './trail-row.ts';

/** What is wrong with a chain; `number` is that of the seal. */
export type Fault =
  | (RowFault & { readonly number: number })
  | { readonly kind: 'rows-differ'; readonly number: number }
  | { readonly kind: 'rows-of-no-seal'; readonly number: number; readonly count: number }
  | { readonly kind: 'seal-changed'; readonly number: number }
  | { readonly kind: 'seals-missing'; readonly number: number; readonly last: number }
  | { readonly kind: 'not-linked'; readonly number: number }
  | { readonly kind: 'signature-wrong'; readonly number: number }
  | { readonly kind: 'key-unknown'; readonly number: number; readonly keyId: string }
  | { readonly kind: 'version-unknown'; readonly number: number; readonly version: number }
  | { readonly kind: 'chain-cut'; readonly number: number; readonly newest: number }
  | { readonly kind: 'anchor-not-in-chain'; readonly number: number }
  | { readonly kind: 'rows-unsealed'; readonly count: number; readonly seconds: number };

export type SealedRow = TrailRow & { readonly sealNumber: number };

export interface ChainToVerify {
  /** In order of number. */
  readonly seals: AsyncIterable<Seal>;
  /** All that have a seal, in order of its number, then of id. */
  readonly rows: AsyncIterable<SealedRow>;
  readonly keys: readonly VerifyingKey[];
  /** Of this organization. */
  readonly anchors: readonly Anchor[];
  readonly onFault: (fault: Fault) => void;
  readonly onProgress?: (seals: number, rows: number) => void;
}

export interface WalkedChain {
  readonly seals: number;
  readonly rows: number;
  readonly newest: Pick<Seal, 'number' | 'sealedAt'> | null;
}

/** Far more than any seal has: what somebody adds beyond that is told of, and not kept in memory. */
const ROWS_IN_MEMORY = 10_000;

/** Walks a chain once, from its beginning, with the rows of one seal in memory. */
export async function verifyChain(chain: ChainToVerify): Promise<WalkedChain> {
  const { keys, onFault, onProgress } = chain;
  const rows = chain.rows[Symbol.asyncIterator]();
  const anchored = Map.groupBy(chain.anchors, ({ number }) => number);
  const counted = { seals: 0, rows: 0 };
  let last: Seal | null = null;
  let row = await rows.next();

  /** Those up to a seal that is not there: nobody has sealed them. */
  async function passRowsBefore(number: number): Promise<void> {
    while (row.done !== true && row.value.sealNumber < number) {
      const claimed = row.value.sealNumber;
      let count = 0;
      for (; row.done !== true && row.value.sealNumber === claimed; row = await rows.next()) count += 1;
      counted.rows += count;
      onFault({ kind: 'rows-of-no-seal', number: claimed, count });
    }
  }

  async function verifyRowsOf(seal: Seal): Promise<void> {
    const sealed = new RowsOfSeal();
    for (; row.done !== true && row.value.sealNumber === seal.number; row = await rows.next())
      sealed.add(row.value);
    counted.rows += sealed.count;
    for (const fault of sealed.faultsAgainst(seal)) onFault(fault);
  }

  for await (const seal of chain.seals) {
    await passRowsBefore(seal.number);
    for (const fault of faultsOf(seal, last, keys)) onFault(fault);
    if (anchored.get(seal.number)?.some(({ hash }) => hash !== seal.hash.toString('hex')))
      onFault({ kind: 'anchor-not-in-chain', number: seal.number });
    await verifyRowsOf(seal);
    last = seal;
    counted.seals += 1;
    onProgress?.(counted.seals, counted.rows);
  }
  await passRowsBefore(Number.POSITIVE_INFINITY);
  const newest = last?.number ?? 0;
  const furthest = Math.max(0, ...anchored.keys());
  if (furthest > newest) onFault({ kind: 'chain-cut', number: furthest, newest });
  return { ...counted, newest: last };
}

/** What a seal says of itself, and of the one before it. */
function faultsOf(seal: Seal, last: Seal | null, keys: readonly VerifyingKey[]): Fault[] {
  const { number, version, keyId, hash } = seal;
  const faults: Fault[] = [];
  const expected = (last?.number ?? 0) + 1;
  if (number > expected) faults.push({ kind: 'seals-missing', number: expected, last: number - 1 });
  else if (!seal.previousHash.equals(last?.hash ?? BEGINNING)) faults.push({ kind: 'not-linked', number });
  if (version !== ENCODING_VERSION) return [...faults, { kind: 'version-unknown', number, version }];
  if (!hashOfSeal(seal).equals(hash)) faults.push({ kind: 'seal-changed', number });
  const key = keys.find((known) => known.keyId === keyId);
  if (!key) faults.push({ kind: 'key-unknown', number, keyId });
  else if (!key.hasSigned(hash, seal.signature)) faults.push({ kind: 'signature-wrong', number });
  return faults;
}

/** The rows that say that they are of one seal. */
class RowsOfSeal {
  count = 0;
  readonly #rows: MarkedRow[] = [];
  readonly #digests: Buffer[] = [];

  add(row: TrailRow): void {
    this.count += 1;
    if (this.count > ROWS_IN_MEMORY) return;
    const digest = digestOfRow(row);
    this.#digests.push(digest);
    this.#rows.push({ id: row.id, mark: markOf(digest).toString('hex') });
  }

  faultsAgainst({ number, version, rowCount, rowsDigest, rowMarks }: Seal): Fault[] {
    if (version !== ENCODING_VERSION) return [];
    if (this.count === rowCount && sha256(...this.#digests).equals(rowsDigest)) return [];
    const found = compareRows(this.#rows, marksOf(rowMarks)).map((fault) => ({ ...fault, number }));
    return found.length > 0 ? found : [{ kind: 'rows-differ', number }];
  }
}

function marksOf(rowMarks: Buffer): string[] {
  const marks: string[] = [];
  for (let at = 0; at < rowMarks.length; at += MARK_BYTES)
    marks.push(rowMarks.toString('hex', at, at + MARK_BYTES));
  return marks;
}
