import type { partEvents, partRequests } from '@careconnect/contracts/internal';
import type { z } from 'zod';

type Requests = typeof partRequests;
type Events = typeof partEvents;

/** Asks the node that has a part of a room; what it does not answer in time has cost it the part. */
export type AskPart = <Name extends keyof Requests>(
  name: Name,
  payload: z.input<Requests[Name]['payload']>,
) => Promise<z.output<Requests[Name]['response']>>;

/** Tells the home of a room what happened to its part here. */
export type TellHome = <Name extends keyof Events>(event: Name, payload: z.output<Events[Name]>) => void;
