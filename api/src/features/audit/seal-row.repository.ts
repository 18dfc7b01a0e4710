import type { Seal } from './seal.ts';
import { ROW_FIELDS, type TrailRow } from './trail-row.ts';

/** Milliseconds as text, also of an instant that no clock has ever shown. */
const instant = (column: string): string => `trunc(extract(epoch FROM ${column}) * 1000)::text`;

const ROW_EXPRESSIONS: Readonly<Record<keyof TrailRow, string>> = {
  id: 'id::text',
  organizationId: 'organization_id::text',
  actorUserId: 'actor_user_id::text',
  actorRole: 'actor_role',
  action: 'action',
  entityType: 'entity_type',
  entityId: 'entity_id::text',
  patientId: 'patient_id::text',
  requestId: 'request_id',
  at: instant('at'),
  outcome: 'outcome::text',
  detail: 'detail::text',
};

/** What a statement selects to read a {@link TrailRow}. */
export const TRAIL_ROW = ROW_FIELDS.map((field) => `${ROW_EXPRESSIONS[field]} AS "${field}"`).join(', ');

/** What a statement selects to read a {@link Seal}. */
export const SEAL = `version, organization_id::text AS "organizationId", number, ${instant('first_at')} AS "firstAt",
  ${instant('last_at')} AS "lastAt", row_count AS "rowCount", row_marks AS "rowMarks", rows_digest AS "rowsDigest",
  previous_hash AS "previousHash", key_id AS "keyId", ${instant('sealed_at')} AS "sealedAt", hash, signature`;

export const INSERT_SEAL = `INSERT INTO audit_seal (version, organization_id, number, first_at, last_at, row_count,
    row_marks, rows_digest, previous_hash, key_id, sealed_at, hash, signature)
  VALUES ($1, $2, $3, to_timestamp($4 / 1000.0), to_timestamp($5 / 1000.0), $6, $7, $8, $9, $10,
    to_timestamp($11 / 1000.0), $12, $13)`;

export function sealValues(seal: Seal): unknown[] {
  return [
    seal.version,
    seal.organizationId,
    seal.number,
    seal.firstAt,
    seal.lastAt,
    seal.rowCount,
    seal.rowMarks,
    seal.rowsDigest,
    seal.previousHash,
    seal.keyId,
    seal.sealedAt,
    seal.hash,
    seal.signature,
  ];
}
