import { z } from 'zod';
import { defineRequest } from '../core/socket.ts';
import { PractitionerId } from '../core/ids.ts';
import { QueueEntries } from './queue.ts';

/** Socket.IO namespace on which staff watch waiting rooms. */
export const DESK_NAMESPACE = '/desk';

/**
 * What one person may ask on that namespace, from all of their pages together: so many requests at once, and so
 * many a second after that. A page asks for one queue for each doctor when it opens, and then hears of changes.
 */
export const DESK_REQUEST_LIMIT = { burst: 20, perSecond: 5 } as const;

export const DeskHandshake = z.strictObject({ ticket: z.string().min(1).max(2048) });
export type DeskHandshake = z.infer<typeof DeskHandshake>;

export const deskRequests = {
  /** Watch one doctor's queue. A doctor may watch only their own. */
  'queue:watch': defineRequest({
    payload: z.strictObject({ practitionerId: PractitionerId }),
    response: z.object({ entries: QueueEntries }),
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
} as const;

export const deskEvents = {
  'queue:changed': z.object({ practitionerId: PractitionerId, entries: QueueEntries }),
  /** The person was signed out; this connection is about to close. */
  'session:ended': z.object({}),
} as const;
