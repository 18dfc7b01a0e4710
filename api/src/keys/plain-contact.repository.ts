import type { Database, SealedContact } from '@careconnect/prisma';
import { FIRST_ID } from './encrypted-value.repository.ts';

/** How a patient is reached, from before that was encrypted. */
export interface PlainContact {
  readonly organizationId: string;
  readonly id: string;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface PlainContactRepository {
  /** The next after an id, in the order of ids. */
  next(afterId: string | null): Promise<PlainContact[]>;
  /** Stores value and index together, unless somebody has changed the contact since. */
  seal(before: PlainContact, sealed: SealedContact): Promise<boolean>;
}

const BATCH_SIZE = 200;

export function createPlainContactRepository({ pool }: Pick<Database, 'pool'>): PlainContactRepository {
  return {
    async next(afterId) {
      const { rows } = await pool.query<PlainContact>(
        `SELECT organization_id AS "organizationId", id, phone, email FROM patient
          WHERE id > $1 AND blind_index = '{}' AND (phone IS NOT NULL OR email IS NOT NULL)
          ORDER BY id LIMIT ${BATCH_SIZE}`,
        [afterId ?? FIRST_ID],
      );
      return rows;
    },

    async seal({ id, phone, email }, sealed) {
      const { rowCount } = await pool.query(
        `UPDATE patient SET phone = $4, email = $5, blind_index = $6
          WHERE id = $1 AND phone IS NOT DISTINCT FROM $2 AND email IS NOT DISTINCT FROM $3 AND blind_index = '{}'`,
        [id, phone, email, sealed.phone, sealed.email, sealed.blindIndex],
      );
      return rowCount === 1;
    },
  };
}
