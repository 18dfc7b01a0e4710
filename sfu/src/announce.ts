import type { sfuEvents } from '@careconnect/contracts/internal';
import type { z } from 'zod';

type Events = typeof sfuEvents;

/** Tells every connected signaling process what happened to a room or seat. */
export type Announce = <Name extends keyof Events>(event: Name, payload: z.output<Events[Name]>) => void;
