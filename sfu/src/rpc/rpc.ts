import type { Ack, RequestTable } from '@careconnect/contracts';
import { AppError, toFieldIssues, toSocketError, type Logger } from '@careconnect/platform';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';

/** One handler for every request; a missing one does not compile. */
export type Handlers<Requests extends RequestTable> = {
  [Name in keyof Requests]: (
    payload: z.output<Requests[Name]['payload']>,
  ) => Promise<z.output<Requests[Name]['response']>>;
};

/** The table is exhaustive and typed; only here, where the name is a value, are its types forgotten. */
type AnyHandler = (payload: unknown) => Promise<unknown>;

/** Answers one message: never rejects, and changes nothing unless the payload is what the contract says. */
export type AnswerRequest = (event: string, payload: unknown) => Promise<Ack<unknown>>;

export function createRpc<Requests extends RequestTable>(
  requests: Requests,
  handlers: Handlers<Requests>,
  log: Logger,
): AnswerRequest {
  return async (event, payload) => {
    const requestId = randomUUID();
    try {
      return { ok: true, data: await handle(event, payload) };
    } catch (error) {
      tell(error, event, requestId);
      return { ok: false, error: toSocketError(error, requestId) };
    }
  };

  async function handle(event: string, payload: unknown): Promise<unknown> {
    const request = Object.hasOwn(requests, event) ? requests[event] : undefined;
    if (!request) throw new AppError('UNKNOWN_EVENT', 'The media server does not know this request.');
    const parsed = request.payload.safeParse(payload);
    if (!parsed.success) {
      throw new AppError('VALIDATION_FAILED', 'The request to the media server is not complete or correct.', {
        issues: toFieldIssues(parsed.error),
      });
    }
    return (handlers[event] as AnyHandler)(parsed.data);
  }

  function tell(error: unknown, event: string, requestId: string): void {
    if (error instanceof AppError) {
      log.warn({ requestId, event, code: error.code, err: error.cause }, 'request refused');
    } else {
      log.error({ requestId, event, err: error }, 'request failed');
    }
  }
}
