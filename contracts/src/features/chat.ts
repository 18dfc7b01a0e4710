import { z } from 'zod';
import { ChatMessageId, ClientMessageId, SeatId, VisitId } from '../core/ids.ts';
import { Instant, text } from '../core/values.ts';
import { Attachment } from './attachments.ts';

export const CHAT_MESSAGE_MAX_LENGTH = 2000;
/** The most messages that one visit keeps, many times what people write in one. */
export const CHAT_MAX_MESSAGES = 1_000;
/**
 * The most text that one visit keeps, in UTF-8 bytes of all its messages together: as many messages as it may
 * have, of 500 Urdu letters each. To open what is sealed takes time with every byte, so this, and not the count,
 * bounds what reading a whole visit costs.
 */
export const CHAT_MAX_BYTES = 1_000_000;
/** The most messages that are sent at once. */
export const CHAT_PAGE_SIZE = 200;

/** A message of a visit. It is stored before anyone, its author included, is told that it was sent. */
export const ChatMessage = z.object({
  id: ChatMessageId,
  visitId: VisitId,
  clientMessageId: ClientMessageId,
  /** Rises by one with each message of the visit, so that nothing can be missed unnoticed. */
  sequence: z.number().int().positive(),
  authorSeatId: SeatId,
  authorName: z.string(),
  /** Empty where the message is its attachment. */
  body: z.string(),
  attachment: Attachment.optional(),
  sentAt: Instant,
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const ChatDraft = z.strictObject({
  clientMessageId: ClientMessageId,
  body: text(CHAT_MESSAGE_MAX_LENGTH),
});
export type ChatDraft = z.infer<typeof ChatDraft>;
