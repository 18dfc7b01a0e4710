import { encodeFields, sha256 } from './canonical.ts';

/**
 * Every column of an audit row but the number of its seal, in the order in which they are hashed. A column that is added
 * to the table needs a new {@link ENCODING_VERSION} here; a test holds this list against the table.
 */
export const ROW_FIELDS = [
  'id',
  'organizationId',
  'actorUserId',
  'actorRole',
  'action',
  'entityType',
  'entityId',
  'patientId',
  'requestId',
  'at',
  'outcome',
  'detail',
] as const;

/**
 * An audit row as PostgreSQL writes its columns, so that what is read is what is hashed, whatever somebody has put there.
 * `at` is in milliseconds since 1970; `detail` is the text of a `jsonb`, which has one order of keys.
 */
export type TrailRow = Readonly<Record<(typeof ROW_FIELDS)[number], string | null>> & { readonly id: string };

/** Of how rows and seals are put into bytes. Seals of older versions stay as they are. */
export const ENCODING_VERSION = 1;

export function digestOfRow(row: TrailRow): Buffer {
  return sha256(
    encodeFields(['audit-row', String(ENCODING_VERSION), ...ROW_FIELDS.map((field) => row[field])]),
  );
}

export const MARK_BYTES = 8;

/** The beginning of a digest: enough to tell the rows of one seal apart. */
export function markOf(digest: Buffer): Buffer {
  return digest.subarray(0, MARK_BYTES);
}
