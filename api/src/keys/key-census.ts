import type { DataKeyRecord, DataKeyStore } from '@careconnect/prisma';
import type { AttachmentRepository } from '../features/attachments/attachment.repository.ts';
import type { StoredFileRepository } from '../features/attachments/stored-file.repository.ts';
import type { EncryptedValueRepository, ValueVersion } from './encrypted-value.repository.ts';
import { ENCRYPTED_FIELD_NAMES } from './rewrite.ts';

/** How many values of a column, or files, are under each version. */
export type Census = ReadonlyMap<string, ReadonlyMap<ValueVersion, number>>;

export interface KeyCensus {
  count(): Promise<Census>;
  /** Lines for a person. */
  describe(): Promise<string[]>;
}

export interface KeyCensusDeps {
  readonly dataKeys: Pick<DataKeyStore, 'list'>;
  readonly values: Pick<EncryptedValueRepository, 'countByVersion'>;
  readonly attachments: Pick<AttachmentRepository, 'countByKey'>;
  readonly storedFiles: Pick<StoredFileRepository, 'countByKey'>;
}

const FILES = 'files';
const ARRIVING = 'files on their way';
/** A file under keys of the operator itself, whichever of them. */
const FORMER_FILE: ValueVersion = 'v';

export function createKeyCensus({ dataKeys, values, attachments, storedFiles }: KeyCensusDeps): KeyCensus {
  async function count(): Promise<Census> {
    const census = new Map<string, ReadonlyMap<ValueVersion, number>>();
    for (const field of ENCRYPTED_FIELD_NAMES) census.set(field, await values.countByVersion(field));
    census.set(ARRIVING, byName(await attachments.countByKey()));
    return census.set(FILES, byName(await storedFiles.countByKey()));
  }

  return {
    count,
    async describe() {
      const [records, census] = [await dataKeys.list(), await count()];
      return [...records.map((record) => describeKey(record, census)), ...describeColumns(census)];
    },
  };
}

function byName(counts: ReadonlyMap<number, number>): ReadonlyMap<ValueVersion, number> {
  return new Map([...counts].map(([version, count]) => [version === 0 ? FORMER_FILE : `e${version}`, count]));
}

/** Why a data key cannot go, or null when nothing is encrypted with it. */
export function needOf(version: number, census: Census): string | null {
  const needing = [...census].flatMap(([name, versions]) => {
    const count =
      name === FILES || name === ARRIVING ? filesUpTo(version, versions) : (versions.get(`e${version}`) ?? 0);
    return count > 0 ? [`${count} in ${name}`] : [];
  });
  if (needing.length === 0) return null;
  return `Data key ${version} is still needed: ${needing.join(', ')}. Write them anew first: npm run keys -- rewrite.`;
}

/** The version of a file is that of its oldest piece: whatever came later may be under any newer key. */
function filesUpTo(version: number, versions: ReadonlyMap<ValueVersion, number>): number {
  let count = versions.get(FORMER_FILE) ?? 0;
  for (let each = 1; each <= version; each += 1) count += versions.get(`e${each}`) ?? 0;
  return count;
}

function describeKey(record: DataKeyRecord, census: Census): string {
  const { version, wrappedBy, createdAt, activeInMs, wrapped } = record;
  if (wrapped === null) return `data key ${version}  retired`;
  const state = activeInMs > 0 ? `encrypts in ${Math.ceil(activeInMs / 1_000)} s` : 'in use';
  const need = needOf(version, census) === null ? 'nothing is encrypted with it' : state;
  return `data key ${version}  ${need}, wrapped by ${wrappedBy}, of ${createdAt.toISOString()}`;
}

function describeColumns(census: Census): string[] {
  return [...census].map(([name, versions]) => {
    const counts = [...versions].map(([version, count]) => `${version}: ${count}`);
    return `${name.padEnd(28)} ${counts.join('  ') || 'none'}`;
  });
}
