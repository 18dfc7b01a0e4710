import { z } from 'zod';
import { defineRequest } from '../core/socket.ts';
import { PractitionerId } from '../core/ids.ts';
import { QueueEntries } from './queue.ts';

/** Socket.IO namespace on which staff watch waiting rooms. */
export const DESK_NAMESPACE = '/desk';

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
