import type { sfuEvents } from '@careconnect/contracts/internal';
import type { z } from 'zod';

type Events = typeof sfuEvents;

type AnnounceOf<Names extends keyof Events> = <Name extends Names>(
  event: Name,
  payload: z.output<Events[Name]>,
) => void;

/** Tells every connected signaling process what happened to a room or seat. */
export type Announce = AnnounceOf<keyof Events>;

/** What a seat tells of what it is shown. */
export type AnnounceView = AnnounceOf<'consumer:paused' | 'consumer:closed' | 'consumer:bottleneck'>;
