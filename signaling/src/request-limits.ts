import { DESK_REQUEST_LIMIT } from '@careconnect/contracts';
import type { RequestLimits } from './core/request-limiter.ts';

/** What one person in a seat may ask. */
export const SEAT_LIMITS: RequestLimits = {
  /**
   * Joining takes about ten requests (transports, two producers, layers) and mending a broken connection as many
   * again, at once. After that a page sends a few a second: who is shown, in which size.
   */
  all: { burst: 40, perSecond: 20 },
  byEvent: {
    /** Faster than anybody types, and slow enough that nobody is flooded with messages. */
    'chat:send': { burst: 10, perSecond: 2 },
    /** Pages of 200 messages, faster than anybody reads them; api decrypts each for whoever asks. */
    'chat:since': { burst: 6, perSecond: 1 },
    /** Each takes the visit's turn and makes new transports. A broken path is noticed after seconds. */
    'media:renew': { burst: 4, perSecond: 0.5 },
    /** One every five seconds, and again after a connection that broke. */
    'quality:report': { burst: 6, perSecond: 0.5 },
    /** Once a stay, and again by whoever is impatient; each answers with the room and up to 200 messages. */
    'seat:join': { burst: 10, perSecond: 1 },
  },
};

/** What one member of staff who watches waiting rooms may ask. */
export const DESK_LIMITS: RequestLimits = { all: DESK_REQUEST_LIMIT };
