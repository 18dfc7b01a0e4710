import type { Ack } from '@careconnect/contracts';
import { sfuRequests } from '@careconnect/contracts/internal';
import { AppError, toFieldIssues, toSocketError, type Logger } from '@careconnect/platform';
import { randomUUID } from 'node:crypto';
import type { SfuHandlers } from './handlers.ts';

type RequestName = keyof typeof sfuRequests;
/** The table is exhaustive and typed; only here, where the name is a value, are its types forgotten. */
type AnyHandler = (payload: unknown) => Promise<unknown>;

/** Answers one message: never rejects, and changes nothing unless the payload is what the contract says. */
export type AnswerRequest = (event: string, payload: unknown) => Promise<Ack<unknown>>;

export function createRpc(handlers: SfuHandlers, log: Logger): AnswerRequest {
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
    if (!isRequest(event)) {
      throw new AppError('UNKNOWN_EVENT', 'The media server does not know this request.');
    }
    const parsed = sfuRequests[event].payload.safeParse(payload);
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

function isRequest(event: string): event is RequestName {
  return Object.hasOwn(sfuRequests, event);
}
