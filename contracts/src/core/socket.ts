import { z } from 'zod';
import type { Ack, ErrorCode } from './errors.ts';

/** A question a client asks over the socket; it is always acknowledged. */
export interface SocketRequest<
  Payload extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly payload: Payload;
  readonly response: Response;
  readonly errors: readonly ErrorCode[];
}

export function defineRequest<Payload extends z.ZodType, Response extends z.ZodType>(
  request: SocketRequest<Payload, Response>,
): SocketRequest<Payload, Response> {
  return request;
}

/** The answer to a request that is done, and of which there is nothing to tell. */
export const Done = z.object({});

export type RequestTable = Readonly<Record<string, SocketRequest>>;
export type EventTable = Readonly<Record<string, z.ZodType>>;

/** Socket.IO's type for the events a client emits, derived from a request table. */
export type RequestEvents<T extends RequestTable> = {
  [Name in keyof T & string]: (
    payload: z.input<T[Name]['payload']>,
    acknowledge: (answer: Ack<z.output<T[Name]['response']>>) => void,
  ) => void;
};

/** Socket.IO's type for the events a server emits, derived from an event table. */
export type PushEvents<T extends EventTable> = {
  [Name in keyof T & string]: (payload: z.output<T[Name]>) => void;
};

/** One handler for every request; a missing one does not compile. */
export type RequestHandlers<T extends RequestTable, Context> = {
  [Name in keyof T & string]: (
    context: Context,
    payload: z.output<T[Name]['payload']>,
  ) => Promise<z.output<T[Name]['response']>>;
};
