import { z } from 'zod';
import { Instant } from '../core/values.ts';
import { CHAT_PAGE_SIZE, ChatMessage } from './chat.ts';
import { Visit } from './visit.ts';

/** One line of the visit's own history, in the order it happened. */
export const VisitEvent = z.object({
  at: Instant,
  type: z.enum([
    'scheduled',
    'waiting',
    'started',
    'held',
    'resumed',
    'ended',
    'summarised',
    'cancelled',
    'no_show',
    'joined',
    'left',
  ]),
  actorName: z.string().nullable(),
  /** They come in again after they went out, whoever else has their name. */
  isBack: z.boolean(),
});
export type VisitEvent = z.infer<typeof VisitEvent>;

/**
 * Of comings and goings a visit keeps the first so many, and of each seat the count of the rest; what becomes of the visit
 * itself is kept in any case.
 */
export const VISIT_MAX_MOVEMENTS = 500;

/** A page of what was written in a visit, in order. The one after it begins after its last sequence number. */
export const VisitMessages = z.object({
  messages: z.array(ChatMessage).max(CHAT_PAGE_SIZE),
  /** How many the visit has, on all pages. */
  messageCount: z.number().int().nonnegative(),
});
export type VisitMessages = z.infer<typeof VisitMessages>;

/** The page that stays after a visit, with the first page of what was written. */
export const VisitRecord = z.object({
  visit: Visit,
  events: z.array(VisitEvent),
  ...VisitMessages.shape,
});
export type VisitRecord = z.infer<typeof VisitRecord>;
