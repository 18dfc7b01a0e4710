import { randomUUIDv7 } from 'node:crypto';
import {
  CHAT_MAX_BYTES,
  CHAT_MAX_MESSAGES,
  CHAT_PAGE_SIZE,
  OPEN_VISIT_STATES,
  type Attachment,
  type AttachmentId,
  type ChatDraft,
  type ChatMessage,
  type ChatMessageId,
  type ClientMessageId,
  type OrganizationId,
  type SeatId,
  type VisitId,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { auditOf, insertAudit } from '../../core/audit-sql.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { prepared } from '../../core/prepared.ts';
import { sqlNames } from '../../core/sql-names.ts';

/** Whose messages: a visit and its tenant. */
interface ChatKey {
  readonly organizationId: OrganizationId;
  readonly visit: { readonly id: VisitId };
}

/** Words as their author sent them, or without any where an attachment that has arrived is the message. */
export interface StorableMessage extends ChatDraft {
  readonly attachmentId?: AttachmentId;
}

export interface NewChatMessage extends ChatKey {
  readonly author: { readonly seatId: SeatId; readonly userId: string; readonly role: string };
  readonly draft: StorableMessage;
  readonly requestId: string;
  readonly at: Date;
}

export interface ChatRepository {
  /**
   * Stores the message as the next of its visit, with its audit row, in one statement. False when nothing was
   * stored: the visit is over or full, the clientMessageId is known, or another node's message took the number.
   */
  insert(message: NewChatMessage): Promise<boolean>;
  /** True when the visit keeps so many messages, or so much text, that the draft is too much. */
  isFull(key: ChatKey, draft: ChatDraft): Promise<boolean>;
  count(key: ChatKey): Promise<number>;
  findByClientId(key: ChatKey, clientMessageId: ClientMessageId): Promise<ChatMessage | null>;
  /** Those with a higher sequence number, in order; of more than a page of them the first or the last. */
  page(key: ChatKey, afterSequence: number, which: 'first' | 'last'): Promise<ChatMessage[]>;
}

const AUDIT = insertAudit(
  {
    ...auditOf('chat.send', 'chatMessage'),
    organizationId: '$1',
    actorUserId: '$7',
    actorRole: '$8',
    entityId: 'stored.id',
    patientId: 'patient_id',
    requestId: '$9',
    at: '$6',
  },
  'stored, open_visit',
);

/** The newest message of a visit carries what there is up to it. */
const NEWEST = `
  SELECT sequence, total_bytes FROM chat_message
   WHERE organization_id = $1 AND visit_id = $2
   ORDER BY sequence DESC LIMIT 1`;

/**
 * The lock keeps the visit from ending in between. Whoever had to wait for it may count from an old picture
 * of the messages; the unique number then refuses the row, and the caller tries once more.
 */
const insertMessage = prepared<{ id: string }>(
  'chat.insert',
  `WITH open_visit AS (
     SELECT id, organization_id, patient_id FROM visit
      WHERE organization_id = $1 AND id = $2
        AND state IN (${sqlNames(OPEN_VISIT_STATES)})
        FOR NO KEY UPDATE
   ), so_far AS (
     SELECT coalesce(max(sequence), 0) AS sequence, coalesce(max(total_bytes), 0) AS total_bytes
       FROM (${NEWEST}) newest
   ), stored AS (
     INSERT INTO chat_message (organization_id, visit_id, sequence, total_bytes, client_message_id, author_seat_id,
                               body, sent_at, attachment_id, id)
     SELECT organization_id, id, so_far.sequence + 1, so_far.total_bytes + $10, $3, $4, $5, $6, $11, $12
       FROM open_visit, so_far
      WHERE so_far.sequence < ${CHAT_MAX_MESSAGES} AND so_far.total_bytes + $10 <= ${CHAT_MAX_BYTES}
     ON CONFLICT DO NOTHING
     RETURNING id
   ), audited AS (
     ${AUDIT}
   )
   SELECT id FROM stored`,
);

interface Row {
  readonly id: ChatMessageId;
  readonly clientMessageId: ClientMessageId;
  readonly sequence: number;
  readonly authorSeatId: SeatId;
  readonly authorName: string;
  readonly body: string;
  readonly sentAt: Date;
  readonly attachment: Attachment | null;
}

const MESSAGE = `
  SELECT m.id, m.client_message_id AS "clientMessageId", m.sequence, m.author_seat_id AS "authorSeatId",
         s.display_name AS "authorName", m.body, m.sent_at AS "sentAt",
         CASE WHEN a.id IS NOT NULL THEN
           json_build_object('id', a.id, 'kind', a.kind, 'mediaType', a.media_type, 'sizeBytes', a.size_bytes,
                             'durationMs', a.duration_ms)
         END AS attachment
    FROM chat_message m
    JOIN visit_participant s
      ON s.organization_id = m.organization_id AND s.visit_id = m.visit_id AND s.id = m.author_seat_id
    LEFT JOIN attachment a ON a.visit_id = m.visit_id AND a.id = m.attachment_id
   WHERE m.organization_id = $1 AND m.visit_id = $2`;

const selectNewest = prepared<{ sequence: number; total_bytes: number }>('chat.newest', NEWEST);
const selectByClientId = prepared<Row>('chat.byClientId', `${MESSAGE} AND m.client_message_id = $3`);
const selectPage = {
  first: prepared<Row>(
    'chat.first',
    `${MESSAGE} AND m.sequence > $3 ORDER BY m.sequence LIMIT ${CHAT_PAGE_SIZE}`,
  ),
  last: prepared<Row>(
    'chat.last',
    `SELECT * FROM (${MESSAGE} AND m.sequence > $3 ORDER BY m.sequence DESC LIMIT ${CHAT_PAGE_SIZE}) newest
      ORDER BY sequence`,
  ),
};

export interface ChatRepositoryDeps {
  readonly database: Pick<Database, 'pool'>;
  readonly cipher: FieldCipher;
}

export function createChatRepository({ database: { pool }, cipher }: ChatRepositoryDeps): ChatRepository {
  const toMessage = ({ organizationId, visit }: ChatKey, { attachment, ...row }: Row): ChatMessage => ({
    ...row,
    ...(attachment && { attachment }),
    visitId: visit.id,
    body: cipher.decrypt('chat_message.body', { organizationId, id: row.id }, row.body),
    sentAt: row.sentAt.toISOString(),
  });

  return {
    async insert({ organizationId, visit, author, draft, requestId, at }) {
      const id = randomUUIDv7();
      const body = cipher.encrypt('chat_message.body', { organizationId, id }, draft.body);
      const stored = await insertMessage(pool, [
        organizationId,
        visit.id,
        draft.clientMessageId,
        author.seatId,
        body,
        at,
        author.userId,
        author.role,
        requestId,
        Buffer.byteLength(draft.body),
        draft.attachmentId ?? null,
        id,
      ]);
      return stored.length > 0;
    },

    async isFull({ organizationId, visit }, draft) {
      const [newest] = await selectNewest(pool, [organizationId, visit.id]);
      if (!newest) return false;
      const totalBytes = newest.total_bytes + Buffer.byteLength(draft.body);
      return newest.sequence >= CHAT_MAX_MESSAGES || totalBytes > CHAT_MAX_BYTES;
    },

    async count({ organizationId, visit }) {
      const [newest] = await selectNewest(pool, [organizationId, visit.id]);
      return newest?.sequence ?? 0;
    },

    async findByClientId(key, clientMessageId) {
      const [row] = await selectByClientId(pool, [key.organizationId, key.visit.id, clientMessageId]);
      return row ? toMessage(key, row) : null;
    },

    async page(key, afterSequence, which) {
      const rows = await selectPage[which](pool, [key.organizationId, key.visit.id, afterSequence]);
      return rows.map((row) => toMessage(key, row));
    },
  };
}
